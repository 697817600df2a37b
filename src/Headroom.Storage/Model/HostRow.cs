namespace Headroom.Storage.Model;

/// <summary>A measured machine; its id is the distribution key of every telemetry table.</summary>
public sealed class HostRow
{
    public int HostId { get; init; }

    /// <summary>Stable identity: the machine id an agent read, or the host name an outside source gave. Unique.</summary>
    public required string Key { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }
}
