using Headroom.Telemetry.Frames;

namespace Headroom.Ingestion.Series;

/// <summary>Gathers the values of one request into rows, one per entity and second.</summary>
internal sealed class RowBuilder
{
    private readonly Dictionary<(ForeignEntity Entity, long Second), MetricVector> _rows = [];
    private (ForeignEntity? Entity, long Second, MetricVector? Row) _last;

    public IReadOnlyDictionary<(ForeignEntity Entity, long Second), MetricVector> Rows => _rows;

    public void Set(ForeignEntity entity, long second, int ordinal, double value)
    {
        if (!ReferenceEquals(_last.Entity, entity) || _last.Second != second)
        {
            _last = (entity, second, RowOf(entity, second));
        }

        _last.Row![ordinal] = (float)value;
    }

    private MetricVector RowOf(ForeignEntity entity, long second)
    {
        if (!_rows.TryGetValue((entity, second), out var row))
        {
            _rows[(entity, second)] = row = new MetricVector(entity.MetricCount);
        }

        return row;
    }
}
