namespace Headroom.Storage.Model;

/// <summary>The key of an outside sender (an OpenTelemetry Collector, a Prometheus) that may report on any number of hosts.</summary>
public sealed class IngestKeyRow
{
    public Guid KeyId { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key; the key itself is shown once and never stored.</summary>
    public required byte[] KeyHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
