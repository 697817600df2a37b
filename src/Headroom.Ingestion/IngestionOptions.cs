using System.ComponentModel.DataAnnotations;

namespace Headroom.Ingestion;

/// <summary>Limits and times of the receivers; every one is a setting under <c>Headroom:Ingestion</c>.</summary>
public sealed class IngestionOptions
{
    public const string SectionName = "Headroom:Ingestion";

    /// <summary>Largest body as sent, in bytes. Default 4 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest body once decompressed, in bytes. Default 32 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxDecompressedBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Largest JSON body once decompressed, in bytes; its tree takes several times as much memory. Default 8 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxJsonBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Frames in one batch of an agent. Default 3,600: an hour at 1 Hz.</summary>
    [Range(1, 100_000)]
    public int MaxFramesPerBatch { get; set; } = 3_600;

    /// <summary>Entities named in one batch of an agent. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxEntitiesPerBatch { get; set; } = 20_000;

    /// <summary>Frames per second that an agent may send on average. Default 200: a day away is caught up in 8 minutes.</summary>
    [Range(1, 1_000_000)]
    public int FramesPerSecondPerAgent { get; set; } = 200;

    /// <summary>Frames that an agent may send at once before its rate counts. Default 7,200.</summary>
    [Range(1, 10_000_000)]
    public int FrameBurstPerAgent { get; set; } = 7_200;

    /// <summary>Requests per second that a foreign sender (one ingest key) may make on average. Default 200.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecondPerSender { get; set; } = 200;

    /// <summary>Wrong keys per second from one address before it has to wait. Default 5, with 50 at once.</summary>
    [Range(1, 1_000_000)]
    public int FailedLoginsPerSecondPerAddress { get; set; } = 5;

    /// <summary>Bytes of bodies, as sent and decompressed, that all requests together may hold in memory. Default 256 MiB.</summary>
    [Range(1024, long.MaxValue)]
    public long MemoryBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long the writer waits for more batches before it commits a small group. Default 5 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan CommitLinger { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Most batches in one transaction. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxBatchesPerCommit { get; set; } = 256;

    /// <summary>Most rows in one transaction, unless a single batch has more. Default 50,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxRowsPerCommit { get; set; } = 50_000;

    /// <summary>Transactions under way at once. Default 2.</summary>
    [Range(1, 64)]
    public int ParallelCommits { get; set; } = 2;

    /// <summary>How often a group is tried again when the database went away under it. Default 3.</summary>
    [Range(0, 20)]
    public int CommitRetries { get; set; } = 3;

    /// <summary>Longest time between two points of a counter that still makes a rate. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxCounterGap { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Different series that one foreign sender may have. Default 200,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxSeriesPerSender { get; set; } = 200_000;

    /// <summary>Bytes that the names of those series may take. Default 128 MiB.</summary>
    [Range(1024, long.MaxValue)]
    public long MaxSeriesNameBytesPerSender { get; set; } = 128L * 1024 * 1024;

    /// <summary>Hosts that one foreign sender may report on. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxHostsPerSender { get; set; } = 2_000;

    /// <summary>A series not seen for this long is forgotten. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00")]
    public TimeSpan SeriesIdleTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a key that was looked up is trusted: a key revoked by another program works at most this long. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan KeyCacheTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the old key works after a rotation. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeyGraceTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What a sender that has to wait is told in Retry-After. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Batches that a live follower may lag behind before it loses the oldest. Default 1,024.</summary>
    [Range(1, 1_000_000)]
    public int LiveBatchesPerFollower { get; set; } = 1_024;
}
