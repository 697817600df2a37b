using System.ComponentModel.DataAnnotations;

namespace Headroom.Storage;

/// <summary>Limits of the store, each with its default.</summary>
public sealed class StorageOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string SectionName = "Storage";

    /// <summary>A frame further ahead of the server's clock than this is refused. Default 10 min.</summary>
    public TimeSpan MaxClockLead { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long values of every second are kept; an older frame is refused. Default 30 days.</summary>
    public TimeSpan SampleRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long 10 s and 1 min roll-ups are kept. Default 180 days.</summary>
    public TimeSpan RollUpRetention { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How long 1 h roll-ups are kept. Default 5 years.</summary>
    public TimeSpan HourRetention { get; set; } = TimeSpan.FromDays(5 * 365);

    /// <summary>How long entries of the audit log are kept. Default 400 days: a year and the month in which somebody asks about it.</summary>
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>An hour is compacted this long after it ended, so that most late frames are in. Default 10 min.</summary>
    public TimeSpan CompactionDelay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A minute is rolled up this long after it ended. Default 5 s.</summary>
    public TimeSpan RollUpDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Partitions are made this far ahead. Default 1 day.</summary>
    public TimeSpan PartitionLead { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The name, parent and attributes of an entity are compared on every batch; its last-seen time is written at most this often. Default 1 min.</summary>
    public TimeSpan EntityTouchInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most points of one series in one answer. Default 4,000.</summary>
    [Range(10, 100_000)]
    public int MaxPointsPerSeries { get; set; } = 4_000;

    /// <summary>Most series in one question. Default 64.</summary>
    [Range(1, 1_000)]
    public int MaxSeries { get; set; } = 64;

    /// <summary>Longest range of one question. Default 2 years.</summary>
    public TimeSpan MaxRange { get; set; } = TimeSpan.FromDays(2 * 365);
}
