using System.Globalization;

namespace Headroom.Storage.Maintenance;

/// <summary>A table cut into partitions of equal length by a time column.</summary>
/// <param name="Name">Name of the table; a partition is named after it and its start.</param>
/// <param name="TimeColumn">Column it is cut by.</param>
/// <param name="Length">Length of a partition: an hour, or whole days.</param>
/// <param name="Retention">How long its rows are kept.</param>
internal sealed record PartitionedTable(string Name, string TimeColumn, TimeSpan Length, Func<StorageOptions, TimeSpan> Retention)
{
    private const string Stamp = "yyyyMMddHH";

    public static PartitionedTable Samples { get; } = new("samples", "at", TimeSpan.FromHours(1), options => options.SampleRetention);

    public static PartitionedTable RollUps { get; } = new("rollups", "at", TimeSpan.FromHours(1), options => options.RollUpRetention);

    /// <summary>Every partitioned table.</summary>
    public static IReadOnlyList<PartitionedTable> All { get; } =
    [
        Samples,
        RollUps,
        new("sample_blocks", "hour", TimeSpan.FromDays(1), options => options.SampleRetention),
        new("rollup_blocks", "hour", TimeSpan.FromDays(1), options => options.RollUpRetention),
        new("rollup_hours", "at", TimeSpan.FromDays(30), options => options.HourRetention),
    ];

    public string DefaultPartition => $"{Name}_default";

    /// <summary>Start of the partition that a time falls into.</summary>
    public DateTime StartOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Length.Ticks), DateTimeKind.Utc);

    public string PartitionName(DateTime start) => string.Create(CultureInfo.InvariantCulture, $"{Name}_{start.ToString(Stamp, CultureInfo.InvariantCulture)}");

    /// <summary>Start of the partition of that name, or null for the default partition.</summary>
    public DateTime? StartOf(string partition) =>
        partition.StartsWith(Name + "_", StringComparison.Ordinal)
        && DateTime.TryParseExact(partition[(Name.Length + 1)..], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start)
            ? start
            : null;
}
