using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Interference;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Interference;

/// <summary>Forgets predictions that are older than they are kept.</summary>
public sealed class InterferenceRetentionJob(InterferencePredictions predictions, IOptions<InterferenceOptions> options, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "interference-retention";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var forgotten = await predictions.ForgetAsync(clock.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays), cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{forgotten} predictions forgotten");
    }
}
