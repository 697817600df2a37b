using Headroom.Storage.Blocks;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Storage.Maintenance;

/// <summary>The final roll-ups of an entity's hour, worked out from all of its values.</summary>
internal static class EntityHourRollUps
{
    /// <summary>The lengths that are kept as blocks; the hour itself is one row.</summary>
    public static IReadOnlyList<Resolution> InBlocks { get; } = [Resolution.TenSeconds, Resolution.Minute];

    /// <summary>The one row of the hour.</summary>
    public static RollUpRow Hour(EntityHour entity, EntityKind kind, DateTime hour)
    {
        var row = new RollUpRow(entity.EntityId, hour, Resolution.Hour.Seconds, kind);
        foreach (var sample in entity.Rows)
        {
            row.Add(sample);
        }

        return row;
    }

    /// <summary>One block per metric that has any value.</summary>
    public static IEnumerable<(short Metric, byte[] Payload)> Blocks(EntityHour entity, EntityKind kind, DateTime hour, Resolution resolution)
    {
        var rows = new Dictionary<(int Entity, int Seconds, long Bucket), RollUpRow>();
        foreach (var sample in entity.Rows)
        {
            RollUp.AddTo(rows, sample, resolution.Seconds, kind);
        }

        var buckets = 3600 / resolution.Seconds;
        var width = rows.Values.Max(row => row.Length);
        for (short metric = 0; metric < width; metric++)
        {
            var column = new RollUpColumn(buckets);
            var any = false;
            foreach (var row in rows.Values.Where(row => row.Count[metric] > 0))
            {
                any = true;
                var bucket = (int)((row.At - hour).TotalSeconds / resolution.Seconds);
                column.Count[bucket] = row.Count[metric];
                column.Min[bucket] = row.Min[metric];
                column.Max[bucket] = row.Max[metric];
                column.Mean[bucket] = row.Mean(metric);
            }

            if (any)
            {
                yield return (metric, RollUpBlock.Write(column));
            }
        }
    }
}
