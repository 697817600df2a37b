using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Receiving;

/// <summary>How fast one sender may send. Token buckets; those of senders that fell silent are let go.</summary>
internal sealed class RateLimits(IOptions<IngestionOptions> options) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private const int FailureBurst = 50;

    private readonly PartitionedRateLimiter<Guid> _frames =
        Buckets<Guid>(options.Value.FramesPerSecondPerAgent, options.Value.FrameBurstPerAgent);

    private readonly PartitionedRateLimiter<Guid> _requests =
        Buckets<Guid>(options.Value.RequestsPerSecondPerSender, 2 * options.Value.RequestsPerSecondPerSender);

    private readonly PartitionedRateLimiter<IPAddress> _failures =
        Buckets<IPAddress>(options.Value.FailedLoginsPerSecondPerAddress, Math.Max(FailureBurst, options.Value.FailedLoginsPerSecondPerAddress));

    public bool TryFrames(Guid agentId, int count)
    {
        using var lease = _frames.AttemptAcquire(agentId, count);
        return lease.IsAcquired;
    }

    public bool TryRequest(Guid sender)
    {
        using var lease = _requests.AttemptAcquire(sender);
        return lease.IsAcquired;
    }

    /// <summary>Whether the address has failed so often of late that its keys are not even looked at.</summary>
    public bool IsLockedOut(IPAddress address) => _failures.GetStatistics(address)?.CurrentAvailablePermits < 1;

    public void CountFailure(IPAddress address)
    {
        using var lease = _failures.AttemptAcquire(address);
    }

    public void Dispose()
    {
        _frames.Dispose();
        _requests.Dispose();
        _failures.Dispose();
    }

    private static PartitionedRateLimiter<TKey> Buckets<TKey>(int perSecond, int burst)
        where TKey : notnull =>
        PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = perSecond >= 10 ? Period : TimeSpan.FromSeconds(1.0 / perSecond),
            AutoReplenishment = true,
            QueueLimit = 0,
        }));
}
