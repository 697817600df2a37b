using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Headroom.Web.Features.Fleet;
using Headroom.Web.Shared;

namespace Headroom.Web.Features.Hosts;

/// <summary>A number of the strip at the top of a page.</summary>
/// <param name="Note">A word after it, for example what it is a share of.</param>
public sealed record NowValue(string Title, string Metric, double? Amount, string Unit, string? Note = null);

/// <summary>An entity with its newest values by the name of the metric; a metric without a value is not in it.</summary>
public sealed record EntityNow(EntitySummary Entity, DateTimeOffset? At, IReadOnlyDictionary<string, float> Values)
{
    /// <summary>The newest value of a metric, or null.</summary>
    public double? this[string metric] => Values.TryGetValue(metric, out var value) ? value : null;

    /// <summary>Pairs the metrics that were asked for with their values.</summary>
    public static EntityNow From(EntityLatest latest, IReadOnlyList<string> metrics) => new(
        latest.Entity,
        latest.At,
        metrics.Zip(latest.Values).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second!.Value));
}

/// <summary>What the page of a host shows at this moment, apart from its charts.</summary>
/// <param name="EntityId">The entity that stands for the host; null before its first frame.</param>
/// <param name="Values">Newest values of the host by the name of the metric.</param>
/// <param name="Missing">Metrics of the catalogue it has none for.</param>
public sealed record HostView(
    string Name,
    HostState State,
    DateTimeOffset? At,
    int? EntityId,
    IReadOnlyList<string> Facts,
    IReadOnlyList<NowValue> Now,
    IReadOnlyDictionary<string, float> Values,
    IReadOnlyList<MetricDefinition> Missing,
    IReadOnlyList<EntitySummary> CpuEntities,
    IReadOnlyList<EntityNow> Workloads,
    IReadOnlyList<EntityNow> Gpus,
    IReadOnlyList<EntityNow> GpuProcesses)
{
    /// <summary>Metrics the host has values for.</summary>
    public IReadOnlySet<string> Available { get; } = Values.Keys.ToHashSet();

    /// <summary>What the state says, as a colour.</summary>
    public Meaning Meaning => State switch
    {
        HostState.Live => Meaning.Good,
        HostState.Late => Meaning.Warn,
        HostState.Silent => Meaning.Bad,
        _ => Meaning.None,
    };

    /// <summary>The same in a word.</summary>
    public string StateWord => State switch
    {
        HostState.Live => "live",
        HostState.Late => "late",
        HostState.Silent => "silent",
        _ => "waiting for its first frame",
    };

    /// <summary>Processes on one GPU.</summary>
    public IReadOnlyList<EntityNow> GpuProcessesOf(EntityNow gpu) => [.. GpuProcesses.Where(process => process.Entity.ParentKey == gpu.Entity.Key)];
}
