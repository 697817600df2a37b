namespace Headroom.Calibration.Campaigns;

/// <summary>What a campaign may do and for how long.</summary>
public sealed record CampaignOptions
{
    /// <summary>Where the run set is written.</summary>
    public required string Folder { get; init; }

    /// <summary>Runs of the whole campaign (default 300).</summary>
    public int Runs { get; init; } = 300;

    /// <summary>Longest time this call works; the next call goes on (default 2 h).</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Seconds before the measured window, in which everything starts and the agent finds it (default 3).</summary>
    public double WarmUpSeconds { get; init; } = 3;

    /// <summary>Seconds of the measured window (default 8).</summary>
    public double WindowSeconds { get; init; } = 8;

    /// <summary>Share of the runs in which the application is alone (default 0.2).</summary>
    public double AloneRatio { get; init; } = 0.2;

    /// <summary>Most neighbours at once (default 3).</summary>
    public int MaxNeighbours { get; init; } = 3;

    /// <summary>A run in which other programs of the machine used more cores than this is made again later (default 0.2).</summary>
    public double MaxOutsideCores { get; init; } = 0.2;

    /// <summary>A run is made at most this often (default 5); then the quietest of them counts as failed.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The campaign stops when less memory than this is free, in bytes (default 1 GiB).</summary>
    public long MinFreeMemoryBytes { get; init; } = 1L << 30;

    /// <summary>The campaign stops when less disk than this is free, in bytes (default 2 GiB).</summary>
    public long MinFreeDiskBytes { get; init; } = 2L << 30;

    /// <summary>Seed of the plan.</summary>
    public int Seed { get; init; } = 1;
}
