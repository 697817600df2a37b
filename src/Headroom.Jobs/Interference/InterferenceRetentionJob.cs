using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Interference;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>Forgets predictions, the champion's and those in its shadow, that are older than they are kept.</summary>
public sealed class InterferenceRetentionJob(InterferencePredictions predictions, ShadowPredictions shadows, IOptions<InterferenceOptions> options, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "interference-retention";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        var forgotten = await predictions.ForgetAsync(before, cancellationToken).ConfigureAwait(false) + await shadows.ForgetAsync(before, cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{forgotten} predictions forgotten");
    }
}
