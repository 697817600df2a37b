using Headroom.Oversubscription.Recommendations;

namespace Headroom.Jobs.Capacity;

/// <summary>
/// Says how fast the workloads of a host are predicted to run beside each other. Every registered one guards the capacity advice. The promise itself
/// is the operator's: <see cref="CapacityOptions.PromiseTo"/> replaces the one that is given here.
/// </summary>
public interface IInterferenceOutlook
{
    /// <summary>The newest prediction of every workload; empty where nothing is known.</summary>
    Task<IReadOnlyList<PerformancePromise>> ReadAsync(int hostId, CancellationToken cancellationToken);
}
