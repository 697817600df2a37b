using System.Globalization;
using Hangfire;
using Headroom.Jobs.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Jobs.Alerts;

/// <summary>Evaluates the rules, and has the messages sent at once.</summary>
public sealed class AlertEvaluationJob(AlertEvaluation evaluation, IBackgroundJobClient client) : IScheduledJob
{
    public const string JobName = "alert-evaluation";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await evaluation.RunAsync(cancellationToken).ConfigureAwait(false) is not { } tally)
            {
                return "another worker is at it";
            }

            if (tally.Messages > 0)
            {
                client.Enqueue<ScheduledJobRunner>(runner => runner.RunAsync(AlertDeliveryJob.JobName, CancellationToken.None));
            }

            return string.Create(CultureInfo.InvariantCulture, $"{tally.Rules} rules, {tally.Fired} fired, {tally.Ended} ended, {tally.Messages} messages");
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody deleted a rule in this moment: nothing of this round was stored, and the next one sees it.
            return "a rule changed meanwhile; the next run evaluates again";
        }
    }
}
