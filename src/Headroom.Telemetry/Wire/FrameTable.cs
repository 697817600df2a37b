using Headroom.Telemetry.Frames;

namespace Headroom.Telemetry.Wire;

/// <summary>
/// A decoded batch the way a bulk writer wants it: the rows of each entity side by side in one array, nothing boxed, no object
/// per row.
/// </summary>
public sealed class FrameTable
{
    internal FrameTable(
        Guid agentId,
        Guid epoch,
        int catalogueVersion,
        IReadOnlyList<EntityDescriptor> entities,
        long[] sequences,
        DateTimeOffset[] times,
        IReadOnlyList<DroppedRange> drops,
        IReadOnlyList<EntityRows> rows)
    {
        AgentId = agentId;
        Epoch = epoch;
        CatalogueVersion = catalogueVersion;
        Entities = entities;
        Sequences = sequences;
        Times = times;
        Drops = drops;
        Rows = rows;
    }

    public Guid AgentId { get; }

    public Guid Epoch { get; }

    public int CatalogueVersion { get; }

    /// <summary>Every entity of the batch; some may have no rows.</summary>
    public IReadOnlyList<EntityDescriptor> Entities { get; }

    /// <summary>Sequence of each frame, increasing.</summary>
    public IReadOnlyList<long> Sequences { get; }

    /// <summary>Time of each frame, UTC, whole milliseconds; not increasing when the agent's clock was set back.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; }

    /// <summary>Frames that the agent gave up.</summary>
    public IReadOnlyList<DroppedRange> Drops { get; }

    /// <summary>The values, one entry per entity that has any row, in the order of <see cref="Entities"/>.</summary>
    public IReadOnlyList<EntityRows> Rows { get; }

    /// <summary>The same batch as one object per frame and sample. Values are copied.</summary>
    public FrameBatch ToFrameBatch()
    {
        var samples = new List<EntitySample>[Sequences.Count];
        for (var frame = 0; frame < samples.Length; frame++)
        {
            samples[frame] = [];
        }

        foreach (var rows in Rows)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                samples[rows.FrameIndexes.Span[row]].Add(new EntitySample(
                    rows.Entity.LocalId,
                    new MetricVector(rows.Values(row).ToArray(), rows.Presence(row).ToArray())));
            }
        }

        var frames = samples.Select((list, frame) => new Frame(Sequences[frame], Times[frame], list)).ToArray();
        return new FrameBatch(AgentId, Epoch, CatalogueVersion, Entities, frames, Drops);
    }
}
