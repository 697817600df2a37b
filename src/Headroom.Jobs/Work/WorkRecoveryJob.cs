using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Work;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Work;

/// <summary>Announces work again whose worker died or that was never announced, and forgets old work.</summary>
internal sealed class WorkRecoveryJob(WorkStore store, WorkQueue queue, IOptions<JobsOptions> options, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "work-recovery";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var orphans = await store.OrphansAsync(TimeSpan.FromSeconds(options.Value.LeaseSeconds), cancellationToken).ConfigureAwait(false);
        foreach (var orphan in orphans)
        {
            queue.Announce(orphan.WorkId, orphan.Kind);
        }

        var forgotten = await store.ForgetAsync(clock.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepWorkDays), cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{orphans.Count} announced again, {forgotten} forgotten");
    }
}
