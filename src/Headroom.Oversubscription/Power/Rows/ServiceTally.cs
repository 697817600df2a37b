namespace Headroom.Oversubscription.Power.Rows;

/// <summary>What the servers of one priority have done.</summary>
internal sealed class ServiceTally
{
    private readonly LatencyHistogram _latencies = new();

    /// <summary>Tokens of the answers begun.</summary>
    public double Tokens { get; private set; }

    public void PromptDone(double outputTokens) => Tokens += outputTokens;

    public void AnswerDone(double latencySeconds) => _latencies.Add(latencySeconds);

    public PriorityService ToService() => new(_latencies.Count, Tokens, _latencies.Quantile(0.5), _latencies.Quantile(0.99));
}

/// <summary>Service that one priority got.</summary>
/// <param name="Requests">Answers finished.</param>
/// <param name="Tokens">Output tokens of the requests whose prompts were done.</param>
/// <param name="P50Seconds">Median latency from arrival to the last token, s.</param>
/// <param name="P99Seconds">99th percentile of the same, s.</param>
public sealed record PriorityService(long Requests, double Tokens, double? P50Seconds, double? P99Seconds);
