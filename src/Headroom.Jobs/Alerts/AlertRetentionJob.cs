using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Alerts;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts;

/// <summary>Forgets alerts, silences and messages that are older than they are kept.</summary>
public sealed class AlertRetentionJob(AlertBook book, IOptions<AlertOptions> options, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "alert-retention";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var forgotten = await book.ForgetAsync(clock.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays), cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{forgotten} alerts forgotten");
    }
}
