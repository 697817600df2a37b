using Headroom.Storage.Blocks;

namespace Headroom.Storage.Maintenance;

/// <summary>All values of one entity within an hour, in order of time; two rows of the same instant are one, the later wins value by value.</summary>
internal sealed class EntityHour(int entityId)
{
    /// <summary>Place of the times among the metrics of an hour's blocks.</summary>
    internal const short TimesMetric = -1;

    private readonly SortedList<long, float[]> _rows = [];

    public int EntityId => entityId;

    public short CatalogueVersion { get; private set; }

    public int RowCount => _rows.Count;

    /// <summary>Rows in order of time.</summary>
    public IEnumerable<SampleRow> Rows => _rows.Select(row => new SampleRow(entityId, row.Key, CatalogueVersion, row.Value));

    public void Add(SampleRow row)
    {
        CatalogueVersion = Math.Max(CatalogueVersion, row.CatalogueVersion);
        if (!_rows.TryGetValue(row.UtcTicks, out var known))
        {
            _rows.Add(row.UtcTicks, row.Values);
            return;
        }

        var merged = new float[Math.Max(known.Length, row.Values.Length)];
        for (var i = 0; i < merged.Length; i++)
        {
            var old = i < known.Length ? known[i] : float.NaN;
            merged[i] = i < row.Values.Length && !float.IsNaN(row.Values[i]) ? row.Values[i] : old;
        }

        _rows[row.UtcTicks] = merged;
    }

    /// <summary>The block of the times, then one per metric that has any value.</summary>
    public IEnumerable<(short Metric, byte[] Payload, int SampleCount)> Blocks(DateTime hour)
    {
        var times = _rows.Keys.Select(ticks => (ticks - hour.Ticks) / TimeSpan.TicksPerMicrosecond).ToArray();
        yield return (TimesMetric, TimeBlock.Write(times), 0);
        var width = _rows.Values.Max(values => values.Length);
        for (short metric = 0; metric < width; metric++)
        {
            var column = Column(metric);
            if (column.PresentCount > 0)
            {
                yield return (metric, MetricBlock.Write(column), column.PresentCount);
            }
        }
    }

    /// <summary>The rows that blocks hold: times and columns of the same length.</summary>
    public static IEnumerable<SampleRow> FromBlocks(int entityId, short catalogueVersion, DateTime hour, long[] times, IReadOnlyDictionary<short, MetricColumn> columns)
    {
        var width = columns.Count == 0 ? 0 : columns.Keys.Max() + 1;
        for (var row = 0; row < times.Length; row++)
        {
            var values = new float[width];
            Array.Fill(values, float.NaN);
            foreach (var (metric, column) in columns)
            {
                if (column.Present[row])
                {
                    values[metric] = column.Values[row];
                }
            }

            yield return new SampleRow(entityId, hour.Ticks + (times[row] * TimeSpan.TicksPerMicrosecond), catalogueVersion, values);
        }
    }

    private MetricColumn Column(int metric)
    {
        var column = new MetricColumn(_rows.Count);
        var rows = _rows.Values;
        for (var i = 0; i < rows.Count; i++)
        {
            if (metric < rows[i].Length && !float.IsNaN(rows[i][metric]))
            {
                column.Present[i] = true;
                column.Values[i] = rows[i][metric];
            }
        }

        return column;
    }
}
