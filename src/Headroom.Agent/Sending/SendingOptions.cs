namespace Headroom.Agent.Sending;

/// <summary>Settings of the sender, section <c>sending</c>.</summary>
internal sealed record SendingOptions
{
    /// <summary>Most frames of one request, 300 by default.</summary>
    public int MaxFrames { get; set; } = 300;

    /// <summary>Most bytes of frames of one request, as they lie in the spool, 512 KiB by default.</summary>
    public int MaxBytes { get; set; } = 512 * 1024;

    /// <summary>Seconds that a request may take, 30 by default.</summary>
    public double TimeoutSeconds { get; set; } = 30;

    /// <summary>Seconds that the first retry waits at most, 0.5 by default; every further one waits up to twice as long.</summary>
    public double RetrySeconds { get; set; } = 0.5;

    /// <summary>Most seconds between retries, 60 by default; also how often a revoked key is tried again.</summary>
    public double MaxRetrySeconds { get; set; } = 60;

    /// <summary>Bytes of frames kept that the server refused, 4 MiB by default; further ones are only counted.</summary>
    public long QuarantineBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>One sentence per mistake, each naming its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (MaxFrames is < 1 or > 3600)
        {
            yield return $"sending.maxFrames: expected 1 to 3600, got {MaxFrames}";
        }

        if (MaxBytes is < 1024 or > 16 * 1024 * 1024)
        {
            yield return $"sending.maxBytes: expected 1024 to {16 * 1024 * 1024}, got {MaxBytes}";
        }

        if (TimeoutSeconds is not (> 0 and <= 600))
        {
            yield return $"sending.timeoutSeconds: expected above 0 and at most 600, got {TimeoutSeconds}";
        }

        if (!(RetrySeconds > 0 && MaxRetrySeconds >= RetrySeconds && MaxRetrySeconds <= 3600))
        {
            yield return $"sending.retrySeconds, sending.maxRetrySeconds: expected above 0, in this order and at most 3600, got {RetrySeconds} and {MaxRetrySeconds}";
        }

        if (QuarantineBytes < 0)
        {
            yield return $"sending.quarantineBytes: expected 0 or more, got {QuarantineBytes}";
        }
    }
}
