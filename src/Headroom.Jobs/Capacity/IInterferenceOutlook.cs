using Headroom.Oversubscription.Recommendations;

namespace Headroom.Jobs.Capacity;

/// <summary>Says how fast the workloads of a host are predicted to run beside each other. Register one to make it guard the capacity advice.</summary>
public interface IInterferenceOutlook
{
    /// <summary>Predictions for the workloads that were promised a performance; empty where nothing is known.</summary>
    Task<IReadOnlyList<PerformancePromise>> ReadAsync(int hostId, CancellationToken cancellationToken);
}
