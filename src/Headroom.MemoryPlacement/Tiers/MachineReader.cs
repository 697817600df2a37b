using System.Text.Json;
using System.Text.Json.Serialization;
using Headroom.MemoryPlacement.Costs;

namespace Headroom.MemoryPlacement.Tiers;

/// <summary>
/// A machine as a JSON file: capacities in GiB, bandwidths in GB/s (1e9 bytes), latency in ns. What is left out of a tier is taken from the
/// calibrated default of its kind, and says so in its source.
/// </summary>
public static class MachineReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        WriteIndented = true,
    };

    /// <exception cref="MemoryInputException">There is no such file, or it is no machine.</exception>
    public static MachineSpec ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path));
        }
        catch (IOException error)
        {
            throw new MemoryInputException($"{path}: expected a machine file, {error.Message}", error);
        }
    }

    /// <exception cref="MemoryInputException">The text is not JSON, or a number is missing or out of range.</exception>
    public static MachineSpec Read(string json, string name)
    {
        try
        {
            var file = JsonSerializer.Deserialize<MachineFile>(json, Options) ?? throw new MemoryInputException($"{name}: expected a machine as a JSON object, got null.");
            return file.ToSpec(name);
        }
        catch (JsonException error)
        {
            throw new MemoryInputException($"{name}: expected a machine as JSON, {error.Message}", error);
        }
    }

    /// <summary>The file this machine would be read from.</summary>
    public static string Write(MachineSpec machine) => JsonSerializer.Serialize(MachineFile.Of(machine), Options);
}

internal sealed record MachineFile(string? Name, GpuFile? Gpu, IReadOnlyList<TierFile>? Tiers, double? OverheadGiB = null, double? PriceUsd = null)
{
    private const double Gibibyte = 1L << 30;
    private const double Gigabyte = 1e9;

    public MachineSpec ToSpec(string name)
    {
        var gpu = Gpu ?? throw new MemoryInputException($"{name}: expected a gpu, found none.");
        if (Tiers is null || Tiers.Count == 0 || Tiers.All(tier => tier.Kind != TierKind.Dram))
        {
            throw new MemoryInputException($"{name}: expected tiers with at least one of kind dram, found {Tiers?.Count ?? 0} without one.");
        }

        var tiers = Tiers.Select(tier => tier.ToTier(name)).ToArray();
        var twice = tiers.GroupBy(tier => tier.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new MemoryInputException($"{name}: expected every tier to have its own name, '{twice.Key}' comes {twice.Count()} times.");
        }

        return new MachineSpec(Name ?? name, gpu.ToSpec(name), tiers, (OverheadGiB * Gibibyte) ?? MachineSpec.DefaultOverheadBytes, PriceUsd, "machine file");
    }

    public static MachineFile Of(MachineSpec machine) => new(
        machine.Name,
        new GpuFile(
            machine.Gpu.Model, machine.Gpu.Count, machine.Gpu.MemoryBytes / Gibibyte, machine.Gpu.FlopsPerSecond / 1e12, machine.Gpu.Utilization, machine.Gpu.LinkBytesPerSecond / Gigabyte),
        [.. machine.Tiers.Select(tier => new TierFile(
            tier.Name, tier.Kind, tier.CapacityBytes / Gibibyte, tier.NumaNode, tier.StreamBytesPerSecond / Gigabyte,
            tier.GpuReadBytesPerSecond / Gigabyte, tier.GpuWriteBytesPerSecond / Gigabyte, tier.LatencySeconds * 1e9))],
        machine.OverheadBytes / Gibibyte, machine.PriceUsd);

    internal static double Positive(double value, string what, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new MemoryInputException(FormattableString.Invariant($"{name}: expected a number above 0 for {what}, got {value}."));
}

internal sealed record GpuFile(string? Model, int? Count, double? MemoryGiB, double? Bf16Tflops, double? Utilization = null, double? LinkGBs = null)
{
    public GpuSpec ToSpec(string name) => new(
        Model ?? "GPU",
        (int)MachineFile.Positive(Count ?? 1, "gpu count", name),
        MachineFile.Positive(MemoryGiB ?? 0, "gpu memoryGiB", name) * (1L << 30),
        MachineFile.Positive(Bf16Tflops ?? 0, "gpu bf16Tflops", name) * 1e12,
        MachineFile.Positive(Utilization ?? GpuCatalogue.DefaultUtilization, "gpu utilization", name) is <= 1 and var share
            ? share
            : throw new MemoryInputException($"{name}: expected a gpu utilization of at most 1, got {Utilization}."),
        (LinkGBs * 1e9) ?? CalibratedCosts.Default.Copies.Curves[CopyDirection.HostToGpu].LinkBytesPerSecond);
}

internal sealed record TierFile(
    string? Name, [property: JsonConverter(typeof(JsonStringEnumConverter<TierKind>))] TierKind Kind, double CapacityGiB, int? NumaNode = null, double? StreamGBs = null,
    double? GpuReadGBs = null, double? GpuWriteGBs = null, double? LatencyNs = null)
{
    public MemoryTier ToTier(string machine)
    {
        var name = Name ?? $"{Kind}".ToLowerInvariant();
        var known = TierDefaults.Of(Kind);
        var given = StreamGBs is not null && GpuReadGBs is not null && GpuWriteGBs is not null;
        return known with
        {
            Name = name,
            NumaNode = NumaNode,
            CapacityBytes = MachineFile.Positive(CapacityGiB, $"capacityGiB of {name}", machine) * (1L << 30),
            StreamBytesPerSecond = MachineFile.Positive((StreamGBs * 1e9) ?? known.StreamBytesPerSecond, $"streamGBs of {name}", machine),
            GpuReadBytesPerSecond = MachineFile.Positive((GpuReadGBs * 1e9) ?? known.GpuReadBytesPerSecond, $"gpuReadGBs of {name}", machine),
            GpuWriteBytesPerSecond = MachineFile.Positive((GpuWriteGBs * 1e9) ?? known.GpuWriteBytesPerSecond, $"gpuWriteGBs of {name}", machine),
            LatencySeconds = (LatencyNs * 1e-9) ?? known.LatencySeconds,
            Source = given ? "machine file" : $"machine file, rest from {known.Source}",
        };
    }
}
