namespace Headroom.Agent.Sending;

/// <summary>How long to wait before the next try: exponential, with full jitter so that a fleet does not come back at once.</summary>
internal sealed class BackOff(SendingOptions options, Random random)
{
    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var most = Math.Min(options.MaxRetrySeconds, options.RetrySeconds * Math.Pow(2, Math.Min(_failures++, 30)));
        return TimeSpan.FromSeconds(most * (0.1 + (0.9 * random.NextDouble())));
    }
}
