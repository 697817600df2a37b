using Headroom.Telemetry.Frames;

namespace Headroom.Telemetry.Wire;

/// <summary>
/// Writes a batch as the body of format version 1: catalogue version, agent, epoch, entities, frames, drops, then for each entity
/// its rows and columns, then all values in four planes of bytes.
/// </summary>
internal static class FrameBatchBodyWriter
{
    /// <exception cref="ArgumentException">The batch contradicts itself.</exception>
    public static void Write(WireWriter body, FrameBatch batch)
    {
        body.Count(batch.CatalogueVersion);
        body.Id(batch.AgentId);
        body.Id(batch.Epoch);
        WriteEntities(body, batch.Entities);
        WriteFrames(body, batch.Frames);
        WriteDrops(body, batch.Drops);
        WriteRows(body, batch);
    }

    private static void WriteEntities(WireWriter body, IReadOnlyList<EntityDescriptor> entities)
    {
        body.Count(entities.Count);
        foreach (var entity in entities)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(entity.LocalId);
            body.Count(entity.LocalId);
            body.Byte((byte)entity.Kind);
            body.Text(entity.Key);
            body.Text(entity.Name);
            body.Byte(entity.ParentKey is null ? (byte)0 : (byte)1);
            if (entity.ParentKey is not null)
            {
                body.Text(entity.ParentKey);
            }

            body.Count(entity.Attributes.Count);
            foreach (var (name, value) in entity.Attributes)
            {
                body.Text(name);
                body.Text(value);
            }
        }
    }

    private static void WriteFrames(WireWriter body, IReadOnlyList<Frame> frames)
    {
        body.Count(frames.Count);
        long sequence = -1;
        long at = 0;
        foreach (var frame in frames)
        {
            if (frame.Sequence <= sequence)
            {
                throw new ArgumentException($"expected sequences from 0 that increase, got {frame.Sequence} after {sequence}", nameof(frames));
            }

            var milliseconds = frame.At.ToUnixTimeMilliseconds();
            body.Unsigned((ulong)(frame.Sequence - sequence));
            body.Signed(milliseconds - at);
            sequence = frame.Sequence;
            at = milliseconds;
        }
    }

    private static void WriteDrops(WireWriter body, IReadOnlyList<DroppedRange> drops)
    {
        body.Count(drops.Count);
        foreach (var drop in drops)
        {
            if (drop.FirstSequence < 0 || drop.LastSequence < drop.FirstSequence || drop.FrameCount < 0)
            {
                throw new ArgumentException($"expected a range of dropped frames, got {drop}", nameof(drops));
            }

            body.Unsigned((ulong)drop.FirstSequence);
            body.Unsigned((ulong)(drop.LastSequence - drop.FirstSequence));
            body.Signed(drop.From.ToUnixTimeMilliseconds());
            body.Signed(drop.To.ToUnixTimeMilliseconds());
            body.Unsigned((ulong)drop.FrameCount);
            body.Text(drop.Reason);
        }
    }

    private static void WriteRows(WireWriter body, FrameBatch batch)
    {
        var rowsOf = RowsByEntity(batch);
        var columns = new ColumnWriter();
        body.Count(rowsOf.Count(rows => rows.Frames.Count > 0));
        for (var entity = 0; entity < rowsOf.Length; entity++)
        {
            var (frames, vectors) = rowsOf[entity];
            if (frames.Count == 0)
            {
                continue;
            }

            body.Count(entity);
            body.Count(vectors[0].Length);
            WriteFrameIndexes(body, frames, batch.Frames.Count);
            columns.WriteColumns(body, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(vectors));
        }

        columns.WriteValues(body);
    }

    private static void WriteFrameIndexes(WireWriter body, List<int> frames, int frameCount)
    {
        body.Count(frames.Count);
        if (frames.Count == frameCount)
        {
            return;
        }

        var before = -1;
        foreach (var frame in frames)
        {
            body.Count(frame - before - 1);
            before = frame;
        }
    }

    private static (List<int> Frames, List<MetricVector> Vectors)[] RowsByEntity(FrameBatch batch)
    {
        var indexOf = new Dictionary<int, int>(batch.Entities.Count);
        var rowsOf = new (List<int> Frames, List<MetricVector> Vectors)[batch.Entities.Count];
        for (var entity = 0; entity < batch.Entities.Count; entity++)
        {
            rowsOf[entity] = ([], []);
            if (!indexOf.TryAdd(batch.Entities[entity].LocalId, entity))
            {
                throw new ArgumentException($"expected each local id once, got {batch.Entities[entity].LocalId} twice", nameof(batch));
            }
        }

        for (var frame = 0; frame < batch.Frames.Count; frame++)
        {
            foreach (var sample in batch.Frames[frame].Samples)
            {
                var (frames, vectors) = indexOf.TryGetValue(sample.LocalId, out var entity)
                    ? rowsOf[entity]
                    : throw new ArgumentException($"expected samples of the batch's entities, got local id {sample.LocalId} in sequence {batch.Frames[frame].Sequence}", nameof(batch));
                if (frames.Count > 0 && (frames[^1] == frame || vectors[0].Length != sample.Values.Length) || sample.Values.Length == 0)
                {
                    throw new ArgumentException($"expected one sample an entity and frame, all of one length above 0, got another of local id {sample.LocalId} in sequence {batch.Frames[frame].Sequence}", nameof(batch));
                }

                frames.Add(frame);
                vectors.Add(sample.Values);
            }
        }

        return rowsOf;
    }
}
