namespace Headroom.Client.Hosts;

/// <summary>Something of a host that telemetry is about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Host, Cpu, NumaNode, Disk, NetworkInterface, Workload, Gpu or GpuProcess.</param>
/// <param name="Key">Its key on the host.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="ParentKey">Key of the entity it belongs to.</param>
/// <param name="Attributes">What is known of it.</param>
/// <param name="FirstSeenAt">When its first frame was stored.</param>
/// <param name="LastSeenAt">When it was last heard of.</param>
public sealed record HostEntity(
    int Id, string Kind, string Key, string Name, string? ParentKey, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);
