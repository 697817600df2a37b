using Headroom.Calibration.Probes.BuiltIn;

namespace Headroom.Calibration.Probes;

/// <summary>The probes that need nothing installed, one line each.</summary>
public static class BuiltInProbes
{
    public static IReadOnlyList<BuiltInProbe> All { get; } =
    [
        new CpuProbe(),
        new FloatProbe(),
        new PointerChaseProbe("cache", "cache", 1024 * 1024),
        new PointerChaseProbe("memory", "memory", 128 * 1024 * 1024),
        new StreamProbe(),
        new DiskProbe(),
        new NetworkProbe(),
        new SyscallProbe(),
        new CompressionProbe(),
    ];

    /// <summary>The probe of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static BuiltInProbe Find(string name) => All.FirstOrDefault(probe => probe.Name == name)
        ?? throw new ArgumentException($"expected one of {string.Join(", ", All.Select(probe => probe.Name))}, got '{name}'", nameof(name));
}
