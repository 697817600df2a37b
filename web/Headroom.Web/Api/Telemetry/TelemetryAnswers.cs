namespace Headroom.Web.Api.Telemetry;

/// <summary>A measured machine.</summary>
/// <param name="LastFrameAt">Time of its newest frame; null before the first.</param>
public sealed record HostAnswer(int Id, string Key, string Name, DateTimeOffset FirstSeenAt, DateTimeOffset? LastFrameAt);

/// <summary>Something of a host that telemetry is about.</summary>
/// <param name="Kind">Host, Cpu, NumaNode, Disk, NetworkInterface, Workload, Gpu, GpuProcess.</param>
/// <param name="ParentKey">Key of the entity it belongs to.</param>
public sealed record EntityAnswer(
    int Id, string Kind, string Key, string Name, string? ParentKey, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);

/// <summary>A stretch of time whose frames will never arrive.</summary>
/// <param name="From">Unix milliseconds.</param>
/// <param name="To">Unix milliseconds.</param>
/// <param name="Reason">Policy or fault, for example <c>spool-bytes</c>.</param>
/// <param name="Frames">How many frames were dropped.</param>
public sealed record GapAnswer(long From, long To, string Reason, long Frames);

/// <summary>A metric of the vocabulary.</summary>
public sealed record MetricAnswer(string EntityKind, string Name, string Unit, string Kind, string Group, string Source, string Description);

/// <summary>The vocabulary of one version.</summary>
public sealed record CatalogueAnswer(int Version, IReadOnlyList<MetricAnswer> Metrics);

/// <summary>Part of a list.</summary>
/// <param name="Next">Pass as <c>after</c> to get the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int? Next);
