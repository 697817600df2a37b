using System.Numerics;

namespace Headroom.Telemetry.Wire;

/// <summary>Reads what <see cref="ColumnWriter"/> wrote, into rows. A value that is not finite becomes missing.</summary>
internal sealed class ColumnReader
{
    private const uint ExponentBits = 0x7F80_0000;

    private readonly int _metricCount;
    private readonly int _rowCount;
    private readonly int _modesAt;
    private readonly int _bitmapsAt;

    /// <summary>Reads how the columns of one entity look; the values come later, see <see cref="Fill"/>.</summary>
    public ColumnReader(ref WireReader body, int metricCount, int rowCount)
    {
        _metricCount = metricCount;
        _rowCount = rowCount;
        _modesAt = body.Offset;
        Span<int> columns = stackalloc int[4];
        foreach (var mode in body.Bytes(metricCount, "column modes"))
        {
            columns[mode < 4 ? mode : throw new FrameBatchFormatException("column modes of 0 to 3", _modesAt, $"{mode}")]++;
        }

        _bitmapsAt = body.Offset;
        var bitmaps = body.Bytes(columns[(int)ColumnMode.Mixed] * BitmapBytes, "presence bitmaps");
        ValueCount = columns[(int)ColumnMode.Constant] + (columns[(int)ColumnMode.Varying] * rowCount) + BitCount(bitmaps);
    }

    /// <summary>How many values the columns have on the wire.</summary>
    public int ValueCount { get; }

    private int BitmapBytes => (_rowCount + 7) / 8;

    /// <summary>Fills the rows from <paramref name="words"/>, the values of this entity's columns.</summary>
    /// <param name="body">The body that the columns were read from.</param>
    public void Fill(ReadOnlySpan<byte> body, ReadOnlySpan<uint> words, EntityRows rows)
    {
        var modes = body.Slice(_modesAt, _metricCount);
        var bitmaps = body[_bitmapsAt..];
        MarkFullColumns(rows, modes);
        for (var metric = 0; metric < modes.Length; metric++)
        {
            switch ((ColumnMode)modes[metric])
            {
                case ColumnMode.Constant:
                    FillConstant(rows, metric, words[0]);
                    words = words[1..];
                    break;
                case ColumnMode.Varying:
                    FillVarying(rows, metric, words[.._rowCount]);
                    words = words[_rowCount..];
                    break;
                case ColumnMode.Mixed:
                    words = words[FillMixed(rows, metric, words, bitmaps[..BitmapBytes])..];
                    bitmaps = bitmaps[BitmapBytes..];
                    break;
            }
        }
    }

    private int BitCount(ReadOnlySpan<byte> bitmaps)
    {
        var used = _rowCount % 8;
        var count = 0;
        for (var index = 0; index < bitmaps.Length; index++)
        {
            count += BitOperations.PopCount(bitmaps[index]);
            if (used != 0 && (index + 1) % BitmapBytes == 0 && bitmaps[index] >> used != 0)
            {
                throw new FrameBatchFormatException($"a bitmap of {_rowCount} rows", _bitmapsAt + index, "a bit past the last row");
            }
        }

        return count;
    }

    private void MarkFullColumns(EntityRows rows, ReadOnlySpan<byte> modes)
    {
        var presence = rows.MutablePresence;
        var first = presence[..rows.PresenceBytes];
        for (var metric = 0; metric < modes.Length; metric++)
        {
            if ((ColumnMode)modes[metric] is ColumnMode.Constant or ColumnMode.Varying)
            {
                first[metric >> 3] |= (byte)(1 << (metric & 7));
            }
        }

        for (var row = 1; row < _rowCount; row++)
        {
            first.CopyTo(presence[(row * first.Length)..]);
        }
    }

    private void FillConstant(EntityRows rows, int metric, uint bits)
    {
        var values = rows.MutableValues;
        for (int row = 0, at = metric; row < _rowCount; row++, at += _metricCount)
        {
            Set(rows, values, row, at, metric, bits);
        }
    }

    private void FillVarying(EntityRows rows, int metric, ReadOnlySpan<uint> words)
    {
        var values = rows.MutableValues;
        var step = _metricCount;
        var at = metric;
        uint bits = 0;
        for (var row = 0; row < words.Length; row++, at += step)
        {
            bits ^= words[row];
            Set(rows, values, row, at, metric, bits);
        }
    }

    private int FillMixed(EntityRows rows, int metric, ReadOnlySpan<uint> words, ReadOnlySpan<byte> bitmap)
    {
        var values = rows.MutableValues;
        var presence = rows.MutablePresence;
        uint bits = 0;
        var used = 0;
        for (var row = 0; row < _rowCount; row++)
        {
            if ((bitmap[row >> 3] & (1 << (row & 7))) != 0)
            {
                bits ^= words[used++];
                presence[(row * rows.PresenceBytes) + (metric >> 3)] |= (byte)(1 << (metric & 7));
                Set(rows, values, row, (row * _metricCount) + metric, metric, bits);
            }
        }

        return used;
    }

    private static void Set(EntityRows rows, Span<float> values, int row, int at, int metric, uint bits)
    {
        if ((bits & ExponentBits) == ExponentBits)
        {
            rows.MutablePresence[(row * rows.PresenceBytes) + (metric >> 3)] &= (byte)~(1 << (metric & 7));
            return;
        }

        values[at] = BitConverter.UInt32BitsToSingle(bits);
    }
}
