using System.Globalization;
using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Limits;

/// <summary>
/// Limits the power of the CPU packages through the kernel's powercap folder (RAPL, constraint 0). A package's limit falls by the same share as the power of a busy
/// server at the clocks that are asked for. Only root may write it.
/// </summary>
public sealed class RaplLimiter : IPowerLimiter
{
    /// <summary>Where the kernel shows the packages.</summary>
    public const string DefaultFolder = "/sys/class/powercap";

    private const double PerMillion = 1e-6;
    private const string LimitFile = "constraint_0_power_limit_uw";

    private readonly IReadOnlyList<Package> _packages;
    private bool _touched;

    private RaplLimiter(IReadOnlyList<Package> packages) => _packages = packages;

    public string Name => "rapl";

    /// <summary>Finds the packages; null where the machine shows none.</summary>
    /// <param name="folder">The powercap folder.</param>
    /// <param name="reason">Why there is none, in a sentence.</param>
    public static RaplLimiter? TryOpen(string folder, out string reason)
    {
        Package[] packages = Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder, "intel-rapl:*").Order(StringComparer.Ordinal).Select(Open).OfType<Package>()]
            : [];
        reason = packages.Length > 0 ? "" : $"{folder} shows no CPU package whose power can be limited";
        return packages.Length > 0 ? new RaplLimiter(packages) : null;
    }

    public string Apply(double clockRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clockRatio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clockRatio, 1);
        _touched = true;
        return string.Join("; ", _packages.Select(package => Write(package, (long)Math.Round(package.FoundMicrowatts * ClockPower.Remaining(clockRatio)))));
    }

    public void Dispose()
    {
        if (_touched)
        {
            foreach (var package in _packages)
            {
                Write(package, package.FoundMicrowatts);
            }
        }
    }

    // The kernel may take another value than the one written: what it says afterwards counts.
    private static string Write(Package package, long microwatts)
    {
        try
        {
            File.WriteAllText(package.LimitPath, microwatts.ToString(CultureInfo.InvariantCulture));
            return string.Create(CultureInfo.InvariantCulture, $"{package.Name} limited to {ReadLimit(package.LimitPath) * PerMillion:0.#} W");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{package.Name} not limited: {failure.Message}";
        }
    }

    // Sub-zones (core, dram) and the second showing of the packages by intel-rapl-mmio are not packages.
    private static Package? Open(string zone)
    {
        try
        {
            var (name, limit) = (File.ReadAllText(Path.Combine(zone, "name")).Trim(), Path.Combine(zone, LimitFile));
            return name.StartsWith("package-", StringComparison.Ordinal) && ReadLimit(limit) is > 0 and { } found ? new Package(name, limit, found) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? ReadLimit(string path) => long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var microwatts) ? microwatts : null;

    private sealed record Package(string Name, string LimitPath, long FoundMicrowatts);
}
