using Headroom.Agent.Disks;
using Headroom.Agent.Gpus;
using Headroom.Agent.Hardware;
using Headroom.Agent.Kernel;
using Headroom.Agent.Memory;
using Headroom.Agent.Networking;
using Headroom.Agent.Processors;
using Headroom.Agent.Workloads;

namespace Headroom.Agent.Collecting;

/// <summary>Every collector of the agent, one line each.</summary>
internal static class CollectorTable
{
    /// <summary>Collectors of the host and its devices; those of workloads follow them.</summary>
    internal static IReadOnlyList<Func<CollectorServices, ICollector>> HostCollectors { get; } =
    [
        services => new CpuCollector(services),
        services => new SchedulingCollector(services),
        services => new FrequencyCollector(services),
        services => new LoadCollector(services),
        services => new PressureCollector(services),
        services => new MemoryCollector(services),
        services => new PagingCollector(services),
        services => new NumaCollector(services),
        services => new DiskCollector(services),
        services => new FilesystemCollector(services),
        services => new InterfaceCollector(services),
        services => new SoftnetCollector(services),
        services => new ProtocolCollector(services),
        services => new SocketCollector(services),
        services => new TemperatureCollector(services),
        services => new PowerCollector(services),
        services => new CacheMonitorCollector(services),
        services => new MemoryErrorCollector(services),
        services => new GpuCollector(services),
        services => new LimitsCollector(services),
        services => new AgentCollector(services),
    ];

    /// <summary>The collectors that the settings do not switch off, in the order in which they run.</summary>
    /// <exception cref="ArgumentException">The settings switch off a collector that does not exist.</exception>
    public static IReadOnlyList<ICollector> Create(CollectorServices services)
    {
        var all = HostCollectors.Select(create => create(services)).Concat(WorkloadCollectors.Create(services)).ToList();
        var unknown = services.Options.DisabledCollectors.Where(name => all.TrueForAll(collector => collector.Name != name)).ToList();
        return unknown.Count == 0
            ? all.Where(collector => !services.Options.DisabledCollectors.Contains(collector.Name)).ToList()
            : throw new ArgumentException(
                $"disabledCollectors: there is no collector '{string.Join("', '", unknown)}'; the collectors are {string.Join(", ", all.Select(collector => collector.Name))}");
    }
}
