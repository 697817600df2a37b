using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Hardware;

/// <summary>Memory errors that the machine's memory controllers counted (EDAC).</summary>
internal sealed class MemoryErrorCollector(CollectorServices services) : ICollector
{
    private const string Folder = "/sys/devices/system/edac/mc";

    private readonly int _corrected = services.Entities.Metric(EntityKind.Host, "hw.memory.errors.corrected");
    private readonly int _uncorrected = services.Entities.Metric(EntityKind.Host, "hw.memory.errors.uncorrected");
    private List<(KernelFile Corrected, KernelFile Uncorrected)>? _controllers;

    public string Name => "memory-errors";

    public void Collect(CollectionContext context)
    {
        _controllers ??= Discover();
        if (_controllers.Count == 0)
        {
            return;
        }

        var (corrected, uncorrected) = (0UL, 0UL);
        foreach (var controller in _controllers)
        {
            if (!controller.Corrected.TryReadSigned(out var more) || !controller.Uncorrected.TryReadSigned(out var worse) || more < 0 || worse < 0)
            {
                return;
            }

            (corrected, uncorrected) = (corrected + (ulong)more, uncorrected + (ulong)worse);
        }

        context.Host.SetRate(_corrected, corrected);
        context.Host.SetRate(_uncorrected, uncorrected);
    }

    private List<(KernelFile Corrected, KernelFile Uncorrected)> Discover()
    {
        var names = new List<string>();
        services.Files.System.List(Folder, names);
        return
        [
            .. names
                .Where(name => name.StartsWith("mc", StringComparison.Ordinal) && name.Length > 2 && char.IsAsciiDigit(name[2]))
                .Order(StringComparer.Ordinal)
                .Select(name => (services.Files.File($"{Folder}/{name}/ce_count"), services.Files.File($"{Folder}/{name}/ue_count"))),
        ];
    }
}
