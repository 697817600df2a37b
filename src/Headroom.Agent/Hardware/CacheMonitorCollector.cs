using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Hardware;

/// <summary>
/// Last-level cache and memory traffic of the default resctrl group (Intel RDT, AMD QoS), when <c>/sys/fs/resctrl</c> is mounted.
/// A counter the hardware cannot serve at the moment reads "Unavailable" or "Error" and is missing.
/// </summary>
internal sealed class CacheMonitorCollector(CollectorServices services) : ICollector
{
    private const string Folder = "/sys/fs/resctrl/mon_data";

    private readonly Cadence _discovery = new(services.Options.Host.DiscoverySeconds);
    private readonly int _occupancy = services.Entities.Metric(EntityKind.Host, "hw.cpu.cache.l3.occupancy");
    private readonly int _total = services.Entities.Metric(EntityKind.Host, "hw.memory.bandwidth.total");
    private readonly int _local = services.Entities.Metric(EntityKind.Host, "hw.memory.bandwidth.local");
    private List<CacheDomain> _domains = [];

    public string Name => "cache";

    public void Collect(CollectionContext context)
    {
        if (_domains.Count == 0 && _discovery.IsDue(context))
        {
            _domains = Discover();
        }

        if (_domains.Count == 0)
        {
            return;
        }

        var (occupancy, total, local) = (0.0, 0.0, 0.0);
        foreach (var domain in _domains)
        {
            occupancy += domain.OccupancyBytes() ?? double.NaN;
            total += domain.TotalBytesPerSecond(context.MonotonicNanoseconds) ?? double.NaN;
            local += domain.LocalBytesPerSecond(context.MonotonicNanoseconds) ?? double.NaN;
        }

        context.Host.Set(_occupancy, occupancy);
        context.Host.Set(_total, total);
        context.Host.Set(_local, local);
    }

    private List<CacheDomain> Discover()
    {
        var names = new List<string>();
        services.Files.System.List(Folder, names);
        return
        [
            .. names
                .Where(name => name.StartsWith("mon_L3_", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new CacheDomain(
                    services.Files.File($"{Folder}/{name}/llc_occupancy"),
                    services.Files.File($"{Folder}/{name}/mbm_total_bytes"),
                    services.Files.File($"{Folder}/{name}/mbm_local_bytes"))),
        ];
    }

    private sealed class CacheDomain(KernelFile occupancy, KernelFile total, KernelFile local)
    {
        private Counter _total;
        private Counter _local;

        public double? OccupancyBytes() => occupancy.TryReadSigned(out var bytes) ? bytes : null;

        public double? TotalBytesPerSecond(long nanoseconds) => PerSecond(total, ref _total, nanoseconds);

        public double? LocalBytesPerSecond(long nanoseconds) => PerSecond(local, ref _local, nanoseconds);

        private static double? PerSecond(KernelFile file, ref Counter counter, long nanoseconds) =>
            file.TryReadSigned(out var bytes) && bytes >= 0 ? counter.PerSecond((ulong)bytes, nanoseconds) : null;
    }
}
