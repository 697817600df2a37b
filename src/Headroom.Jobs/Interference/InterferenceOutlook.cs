using Headroom.Jobs.Capacity;
using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Interference;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>The workloads of a host with what was predicted for them over the last minutes, on average; windows outside the training range do not count.</summary>
internal sealed class InterferenceOutlook(InterferencePredictions predictions, IOptions<InterferenceOptions> options, TimeProvider clock) : IInterferenceOutlook
{
    /// <summary>The model knows no promises; the operator's takes its place.</summary>
    private const double NoPromise = 0;

    public async Task<IReadOnlyList<PerformancePromise>> ReadAsync(int hostId, CancellationToken cancellationToken) =>
    [
        .. (await predictions.OutlookAsync(hostId, clock.GetUtcNow() - TimeSpan.FromMinutes(options.Value.OutlookMinutes), cancellationToken).ConfigureAwait(false))
            .Select(workload => new PerformancePromise(workload.Name, workload.Value, workload.Lower, NoPromise)
            {
                Upper = workload.Upper, Level = workload.Level, Key = workload.Key, Model = workload.ModelId, PredictedAt = workload.At,
            }),
    ];
}
