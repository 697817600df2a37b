namespace Headroom.Storage.Model;

/// <summary>A version of the metric catalogue that this store has seen.</summary>
public sealed class CatalogueVersionRow
{
    public int Version { get; init; }

    public DateTimeOffset RecordedAt { get; init; }
}
