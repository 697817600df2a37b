using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Spool;

/// <summary>Frames of one segment that are on their way to the server, and drops that it should hear of with them.</summary>
/// <param name="Ordinal">The segment.</param>
/// <param name="Epoch">Epoch of the frames and the drops.</param>
/// <param name="CatalogueVersion">Catalogue that the frames were written in.</param>
/// <param name="Entities">The entities that the frames refer to.</param>
/// <param name="Frames">Frames in order of sequence; may be none when there are only drops.</param>
/// <param name="Drops">Drops before the first frame.</param>
internal sealed record SpoolBatch(
    long Ordinal,
    Guid Epoch,
    int CatalogueVersion,
    IReadOnlyList<EntityDescriptor> Entities,
    IReadOnlyList<Frame> Frames,
    IReadOnlyList<PendingDrop> Drops)
{
    public FrameBatch ToFrameBatch(Guid agentId) =>
        new(agentId, Epoch, CatalogueVersion, Entities, Frames, [.. Drops.Select(drop => drop.Range)]);

    /// <summary>Two batches that together are this one; the drops go with the first.</summary>
    public (SpoolBatch First, SpoolBatch Second) Split()
    {
        var half = Frames.Count / 2;
        return (this with { Frames = [.. Frames.Take(half)] }, this with { Frames = [.. Frames.Skip(half)], Drops = [] });
    }
}
