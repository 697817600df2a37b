using Headroom.Telemetry.Frames;

namespace Headroom.Telemetry.Wire;

/// <summary>
/// Writes the samples of a batch metric by metric: a metric hardly changes from second to second, so its values XOR the ones
/// before are mostly zero bits, and bytes of equal weight laid side by side compress well.
/// </summary>
internal sealed class ColumnWriter
{
    private uint[] _words = new uint[1024];
    private int _wordCount;

    /// <summary>Writes how the columns of one entity look and keeps their values for <see cref="WriteValues"/>.</summary>
    public void WriteColumns(WireWriter body, ReadOnlySpan<MetricVector> rows)
    {
        var metricCount = rows[0].Length;
        var modes = new ColumnMode[metricCount];
        for (var metric = 0; metric < metricCount; metric++)
        {
            modes[metric] = ModeOf(rows, metric);
            body.Byte((byte)modes[metric]);
        }

        for (var metric = 0; metric < metricCount; metric++)
        {
            switch (modes[metric])
            {
                case ColumnMode.Constant:
                    Append(Bits(rows[0], metric));
                    break;
                case ColumnMode.Varying:
                    AppendDeltas(rows, metric);
                    break;
                case ColumnMode.Mixed:
                    WriteBitmap(body, rows, metric);
                    AppendDeltas(rows, metric);
                    break;
            }
        }
    }

    /// <summary>Writes the values of all columns in four planes, the least significant bytes first.</summary>
    public void WriteValues(WireWriter body)
    {
        var words = _words.AsSpan(0, _wordCount);
        for (var shift = 0; shift < 32; shift += 8)
        {
            var plane = body.Take(words.Length);
            for (var index = 0; index < words.Length; index++)
            {
                plane[index] = (byte)(words[index] >> shift);
            }
        }
    }

    private static ColumnMode ModeOf(ReadOnlySpan<MetricVector> rows, int metric)
    {
        var present = 0;
        var same = true;
        uint first = 0;
        foreach (var row in rows)
        {
            if (!IsPresent(row, metric))
            {
                continue;
            }

            var bits = Bits(row, metric);
            first = present == 0 ? bits : first;
            same &= bits == first;
            present++;
        }

        return present == 0 ? ColumnMode.Absent
            : present < rows.Length ? ColumnMode.Mixed
            : same ? ColumnMode.Constant
            : ColumnMode.Varying;
    }

    private static void WriteBitmap(WireWriter body, ReadOnlySpan<MetricVector> rows, int metric)
    {
        var bitmap = body.Take((rows.Length + 7) / 8);
        bitmap.Clear();
        for (var row = 0; row < rows.Length; row++)
        {
            if (IsPresent(rows[row], metric))
            {
                bitmap[row >> 3] |= (byte)(1 << (row & 7));
            }
        }
    }

    private void AppendDeltas(ReadOnlySpan<MetricVector> rows, int metric)
    {
        uint before = 0;
        foreach (var row in rows)
        {
            if (IsPresent(row, metric))
            {
                var bits = Bits(row, metric);
                Append(bits ^ before);
                before = bits;
            }
        }
    }

    private void Append(uint word)
    {
        if (_wordCount == _words.Length)
        {
            Array.Resize(ref _words, 2 * _words.Length);
        }

        _words[_wordCount++] = word;
    }

    private static bool IsPresent(MetricVector row, int metric) => row.IsPresent(metric) && float.IsFinite(row.Values[metric]);

    private static uint Bits(MetricVector row, int metric) => BitConverter.SingleToUInt32Bits(row.Values[metric]);
}
