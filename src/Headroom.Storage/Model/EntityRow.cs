using Headroom.Telemetry.Catalogue;

namespace Headroom.Storage.Model;

/// <summary>What a telemetry row is about: the host itself, a CPU, a workload, a GPU. (host, kind, key) is unique.</summary>
public sealed class EntityRow
{
    public int HostId { get; init; }

    public int EntityId { get; init; }

    public EntityKind Kind { get; init; }

    public required string Key { get; init; }

    public required string Name { get; set; }

    public string? ParentKey { get; set; }

    /// <summary>JSON object of strings.</summary>
    public required Dictionary<string, string> Attributes { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }
}
