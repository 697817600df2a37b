using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Hardware;

/// <summary>
/// Power by the CPUs' energy counters (RAPL, through powercap). Only root may read them. A counter that wraps around, about once
/// a minute to once an hour, leaves its metric missing for that tick.
/// </summary>
internal sealed class PowerCollector(CollectorServices services) : ICollector
{
    private const string Folder = "/sys/class/powercap";
    private const double PerMillion = 1e-6;

    private readonly Dictionary<string, int> _metrics = new()
    {
        ["package"] = services.Entities.Metric(EntityKind.Host, "hw.power.cpu.package"),
        ["core"] = services.Entities.Metric(EntityKind.Host, "hw.power.cpu.core"),
        ["uncore"] = services.Entities.Metric(EntityKind.Host, "hw.power.cpu.uncore"),
        ["dram"] = services.Entities.Metric(EntityKind.Host, "hw.power.memory"),
        ["psys"] = services.Entities.Metric(EntityKind.Host, "hw.power.platform"),
    };

    private readonly int _limit = services.Entities.Metric(EntityKind.Host, "hw.power.cpu.package.limit");
    private List<Domain>? _domains;

    public string Name => "power";

    public void Collect(CollectionContext context)
    {
        _domains ??= Discover();
        foreach (var domain in _domains)
        {
            var watts = 0.0;
            foreach (var zone in domain.Zones)
            {
                watts += zone.Watts(context.MonotonicNanoseconds) ?? double.NaN;
            }

            context.Host.Set(domain.Metric, watts);
        }

        if (_domains.Find(domain => domain.Name == "package") is { } packages)
        {
            var limit = 0.0;
            foreach (var zone in packages.Zones)
            {
                limit += zone.Limit.TryReadSigned(out var microwatts) && microwatts > 0 ? microwatts * PerMillion : double.NaN;
            }

            context.Host.Set(_limit, limit);
        }
    }

    private List<Domain> Discover()
    {
        var names = new List<string>();
        services.Files.System.List(Folder, names);
        return
        [
            .. names

                // intel-rapl-mmio shows the same packages a second time.
                .Where(name => name.StartsWith("intel-rapl:", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => (Folder: $"{Folder}/{name}", Zone: services.Files.ReadText($"{Folder}/{name}/name") ?? ""))
                .Select(zone => (zone.Folder, Name: zone.Zone.StartsWith("package-", StringComparison.Ordinal) ? "package" : zone.Zone))
                .Where(zone => _metrics.ContainsKey(zone.Name))
                .GroupBy(zone => zone.Name, zone => new Zone(services.Files.File($"{zone.Folder}/energy_uj"), services.Files.File($"{zone.Folder}/constraint_0_power_limit_uw")))
                .Select(group => new Domain(group.Key, _metrics[group.Key], [.. group])),
        ];
    }

    private sealed record Domain(string Name, int Metric, Zone[] Zones);

    private sealed class Zone(KernelFile energy, KernelFile limit)
    {
        private Counter _microjoules;

        public KernelFile Limit => limit;

        public double? Watts(long nanoseconds) =>
            energy.TryReadSigned(out var microjoules) && microjoules >= 0
                ? _microjoules.PerSecond((ulong)microjoules, nanoseconds) * PerMillion
                : null;
    }
}
