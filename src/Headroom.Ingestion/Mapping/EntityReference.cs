using Headroom.Telemetry.Catalogue;

namespace Headroom.Ingestion.Mapping;

/// <summary>The entity a foreign series is about, on its host.</summary>
/// <param name="HostName">Name of the host, as the sender knows it.</param>
/// <param name="Kind">Kind of entity.</param>
/// <param name="Key">Stable key on the host, as the agent would write it.</param>
/// <param name="Name">Name for people.</param>
/// <param name="ParentKey">Key of the entity it belongs to, or null for the host.</param>
internal sealed record EntityReference(string HostName, EntityKind Kind, string Key, string Name, string? ParentKey = null)
{
    /// <summary>What else is known, for example image and pod of a container. Not part of its identity.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = EmptyAttributes;

    private static readonly IReadOnlyDictionary<string, string> EmptyAttributes = new Dictionary<string, string>();

    public bool Equals(EntityReference? other) =>
        other is not null && Kind == other.Kind && HostName == other.HostName && Key == other.Key;

    public override int GetHashCode() => HashCode.Combine(HostName, Kind, Key);
}
