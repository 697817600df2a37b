using Headroom.Agent.Spool.Retention;

namespace Headroom.Agent.Spool;

/// <summary>Settings of the spool, section <c>spool</c>.</summary>
internal sealed record SpoolOptions
{
    /// <summary>Most bytes of frames kept on disk, 1 GiB by default: about three days of 1,000 values a second.</summary>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Hours after which a frame that could not be sent is given up, 168 (a week) by default.</summary>
    public double MaxAgeHours { get; set; } = 168;

    /// <summary>What happens when <see cref="MaxBytes"/> is reached: <c>drop-oldest</c> (default) or <c>thin-to-10s</c>, which first keeps one frame of ten seconds.</summary>
    public string Policy { get; set; } = DropOldest.PolicyName;

    /// <summary>
    /// Seconds between flushes to the disk, 5 by default; 0 flushes every frame. A frame is safe from a crash of the agent as soon
    /// as it is written. Flushing makes it safe from a crash of the machine: at most this many seconds can be lost to a power cut.
    /// </summary>
    public double SyncSeconds { get; set; } = 5;

    /// <summary>Bytes after which a new segment is begun, 1 MiB by default. Frames are given up by whole segments.</summary>
    public int SegmentBytes { get; set; } = 1024 * 1024;

    /// <summary>Minutes after which a new segment is begun, 10 by default.</summary>
    public double SegmentMinutes { get; set; } = 10;

    /// <summary>One sentence per mistake, each naming its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (SegmentBytes is < 4096 or > 64 * 1024 * 1024)
        {
            yield return $"spool.segmentBytes: expected 4096 to {64 * 1024 * 1024}, got {SegmentBytes}";
        }

        if (MaxBytes < 2L * SegmentBytes)
        {
            yield return $"spool.maxBytes: expected at least two segments, {2L * SegmentBytes}, got {MaxBytes}";
        }

        if (MaxAgeHours is not (> 0 and <= 24 * 3650))
        {
            yield return $"spool.maxAgeHours: expected above 0 and at most {24 * 3650}, got {MaxAgeHours}";
        }

        if (SyncSeconds is not (>= 0 and <= 3600))
        {
            yield return $"spool.syncSeconds: expected 0 to 3600, got {SyncSeconds}";
        }

        if (SegmentMinutes is not (> 0 and <= 24 * 60))
        {
            yield return $"spool.segmentMinutes: expected above 0 and at most {24 * 60}, got {SegmentMinutes}";
        }

        if (RetentionTable.Find(Policy) is null)
        {
            yield return $"spool.policy: expected one of {string.Join(", ", RetentionTable.All.Select(policy => policy.Name))}, got '{Policy}'";
        }
    }
}
