using Headroom.Agent.Processors;
using Headroom.Agent.Workloads;

namespace Headroom.Agent.Collecting;

/// <summary>Every collector of the agent, one line each.</summary>
internal static class CollectorTable
{
    private static readonly Func<CollectorServices, ICollector>[] Factories =
    [
        services => new LoadCollector(services),
    ];

    /// <summary>The collectors that the settings do not switch off, in the order in which they run.</summary>
    /// <exception cref="ArgumentException">The settings switch off a collector that does not exist.</exception>
    public static IReadOnlyList<ICollector> Create(CollectorServices services)
    {
        var all = Factories.Select(create => create(services)).Concat(WorkloadCollectors.Create(services)).ToList();
        var unknown = services.Options.DisabledCollectors.Where(name => all.TrueForAll(collector => collector.Name != name)).ToList();
        return unknown.Count == 0
            ? all.Where(collector => !services.Options.DisabledCollectors.Contains(collector.Name)).ToList()
            : throw new ArgumentException(
                $"disabledCollectors: there is no collector '{string.Join("', '", unknown)}'; the collectors are {string.Join(", ", all.Select(collector => collector.Name))}");
    }
}
