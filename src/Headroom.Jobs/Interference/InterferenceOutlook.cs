using Headroom.Jobs.Capacity;
using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Interference;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>The promised workloads of a host with what was predicted for them over the last minutes; windows outside the training range do not count.</summary>
internal sealed class InterferenceOutlook(InterferencePredictions predictions, IOptions<InterferenceOptions> options, TimeProvider clock) : IInterferenceOutlook
{
    public async Task<IReadOnlyList<PerformancePromise>> ReadAsync(int hostId, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (settings.Promise is null && settings.Promises.Count == 0)
        {
            return [];
        }

        var workloads = await predictions.OutlookAsync(hostId, clock.GetUtcNow() - TimeSpan.FromMinutes(settings.OutlookMinutes), cancellationToken).ConfigureAwait(false);
        return [.. workloads.Select(workload => (workload, Promised: Promised(settings, workload))).Where(entry => entry.Promised is not null)
            .Select(entry => new PerformancePromise(entry.workload.Name, entry.workload.Value, entry.workload.Lower, entry.Promised!.Value))];
    }

    private static double? Promised(InterferenceOptions settings, WorkloadOutlook workload) =>
        settings.Promises.TryGetValue(workload.Key, out var byKey) ? byKey : settings.Promises.TryGetValue(workload.Name, out var byName) ? byName : settings.Promise;
}
