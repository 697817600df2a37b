using System.Buffers;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Telemetry.Wire;

/// <summary>Reads the body that <see cref="FrameBatchBodyWriter"/> wrote, or a hostile one, within limits.</summary>
internal static class FrameBatchBodyReader
{
    public static FrameTable Read(ReadOnlySpan<byte> bytes, FrameBatchLimits limits)
    {
        var body = new WireReader(bytes);
        var catalogueVersion = body.Count(int.MaxValue, "as catalogue version");
        var agentId = body.Id("agent id");
        var epoch = body.Id("epoch");
        var entities = ReadEntities(ref body, limits);
        var (sequences, times) = ReadFrames(ref body, limits);
        var drops = ReadDrops(ref body, limits);
        var rows = ReadRows(ref body, bytes, entities, sequences.Length, limits);
        return new FrameTable(agentId, epoch, catalogueVersion, entities, sequences, times, drops, rows);
    }

    private static EntityDescriptor[] ReadEntities(ref WireReader body, FrameBatchLimits limits)
    {
        var entities = new EntityDescriptor[body.Count(limits.MaxEntities, "entities")];
        var seen = new HashSet<int>();
        for (var index = 0; index < entities.Length; index++)
        {
            var start = body.Offset;
            var localId = body.Count(int.MaxValue, "as local id");
            if (!seen.Add(localId))
            {
                throw new FrameBatchFormatException("each local id once", start, $"{localId} again");
            }

            var kind = (EntityKind)body.Byte("entity kind");
            var key = body.Text(limits.MaxTextBytes, "entity key");
            var name = body.Text(limits.MaxTextBytes, "entity name");
            var parentKey = body.Count(1, "parent keys") == 1 ? body.Text(limits.MaxTextBytes, "parent key") : null;
            entities[index] = new EntityDescriptor(localId, kind, key, name, parentKey, ReadAttributes(ref body, limits));
        }

        return entities;
    }

    private static Dictionary<string, string> ReadAttributes(ref WireReader body, FrameBatchLimits limits)
    {
        var attributes = new Dictionary<string, string>();
        for (var left = body.Count(limits.MaxAttributes, "attributes"); left > 0; left--)
        {
            var start = body.Offset;
            var name = body.Text(limits.MaxTextBytes, "attribute name");
            if (!attributes.TryAdd(name, body.Text(limits.MaxTextBytes, "attribute value")))
            {
                throw new FrameBatchFormatException("each attribute once", start, $"'{name}' again");
            }
        }

        return attributes;
    }

    private static (long[] Sequences, DateTimeOffset[] Times) ReadFrames(ref WireReader body, FrameBatchLimits limits)
    {
        var sequences = new long[body.Count(limits.MaxFrames, "frames")];
        var times = new DateTimeOffset[sequences.Length];
        long sequence = -1;
        long milliseconds = 0;
        for (var frame = 0; frame < sequences.Length; frame++)
        {
            var start = body.Offset;
            var step = body.Unsigned("sequence");
            if (step == 0 || step > (ulong)(long.MaxValue - Math.Max(sequence, 0)))
            {
                throw new FrameBatchFormatException("sequences of 63 bits that increase", start, $"{sequence} and a step of {step}");
            }

            sequence = unchecked(sequence + (long)step);
            milliseconds = unchecked(milliseconds + body.Signed("time"));
            sequences[frame] = sequence;
            times[frame] = body.Time(milliseconds, "a time");
        }

        return (sequences, times);
    }

    private static DroppedRange[] ReadDrops(ref WireReader body, FrameBatchLimits limits)
    {
        var drops = new DroppedRange[body.Count(limits.MaxDrops, "ranges of drops")];
        for (var index = 0; index < drops.Length; index++)
        {
            var start = body.Offset;
            var first = body.Unsigned("first dropped sequence");
            var more = body.Unsigned("length of drop");
            var from = body.Time(body.Signed("start of drop"), "a start of drop");
            var to = body.Time(body.Signed("end of drop"), "an end of drop");
            var count = body.Unsigned("dropped frames");
            if (first > long.MaxValue || more > long.MaxValue - first || count > more + 1)
            {
                throw new FrameBatchFormatException("a range of sequences of 63 bits and no more drops than it is long", start, $"{first} and {more} more, {count} drops");
            }

            var reason = body.Text(limits.MaxTextBytes, "reason of drop");
            drops[index] = new DroppedRange((long)first, (long)(first + more), from, to, (long)count, reason);
        }

        return drops;
    }

    private static EntityRows[] ReadRows(ref WireReader body, ReadOnlySpan<byte> bytes, EntityDescriptor[] entities, int frameCount, FrameBatchLimits limits)
    {
        var everyFrame = Enumerable.Range(0, frameCount).ToArray();
        var rows = new EntityRows[body.Count(entities.Length, "entities with rows")];
        var columns = new ColumnReader[rows.Length];
        long rowsLeft = limits.MaxRows;
        long placesLeft = limits.MaxValues;
        var next = 0;
        for (var index = 0; index < rows.Length; index++)
        {
            var start = body.Offset;
            var entity = body.Count(entities.Length - 1, "as index of an entity, increasing", least: next);
            next = entity + 1;
            var metricCount = body.Count(limits.MaxMetrics, "metrics", least: 1);
            var rowCount = body.Count(frameCount, "rows", least: 1);
            rowsLeft -= rowCount;
            placesLeft -= (long)rowCount * metricCount;
            if (rowsLeft < 0 || placesLeft < 0)
            {
                throw new FrameBatchFormatException($"at most {limits.MaxRows} rows and {limits.MaxValues} places for values", start, "more");
            }

            var frameIndexes = rowCount == frameCount ? everyFrame : ReadFrameIndexes(ref body, rowCount, frameCount);
            columns[index] = new ColumnReader(ref body, metricCount, frameIndexes.Length);
            rows[index] = new EntityRows(entities[entity], metricCount, frameIndexes);
        }

        FillRows(ref body, bytes, rows, columns);
        return rows;
    }

    private static int[] ReadFrameIndexes(ref WireReader body, int rowCount, int frameCount)
    {
        var indexes = new int[rowCount];
        var next = 0;
        for (var row = 0; row < rowCount; row++)
        {
            indexes[row] = next + body.Count(frameCount - 1 - next, "as step to the next frame of a row");
            next = indexes[row] + 1;
        }

        return indexes;
    }

    private static void FillRows(ref WireReader body, ReadOnlySpan<byte> bytes, EntityRows[] rows, ColumnReader[] columns)
    {
        var count = columns.Sum(column => (long)column.ValueCount);
        if (4 * count != body.Left)
        {
            throw new FrameBatchFormatException($"{4 * count} bytes of values", body.Offset, $"{body.Left} bytes");
        }

        var rented = ArrayPool<uint>.Shared.Rent((int)count);
        try
        {
            var words = rented.AsSpan(0, (int)count);
            ReadPlanes(bytes[body.Offset..], words);
            for (var index = 0; index < rows.Length; index++)
            {
                columns[index].Fill(bytes, words[..columns[index].ValueCount], rows[index]);
                words = words[columns[index].ValueCount..];
            }
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(rented);
        }
    }

    private static void ReadPlanes(ReadOnlySpan<byte> planes, Span<uint> words)
    {
        var first = planes[..words.Length];
        var second = planes.Slice(words.Length, words.Length);
        var third = planes.Slice(2 * words.Length, words.Length);
        var fourth = planes.Slice(3 * words.Length, words.Length);
        for (var index = 0; index < words.Length; index++)
        {
            words[index] = first[index] | ((uint)second[index] << 8) | ((uint)third[index] << 16) | ((uint)fourth[index] << 24);
        }
    }
}
