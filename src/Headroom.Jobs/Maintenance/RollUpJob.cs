using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Maintenance;

namespace Headroom.Jobs.Maintenance;

/// <summary>Sums fresh frames up to 10 s and 1 min.</summary>
internal sealed class RollUpJob(RollUp rollUp) : IScheduledJob
{
    public const string JobName = "telemetry-roll-up";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var count = await rollUp.RunAsync(cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{count} host minutes rolled up");
    }
}
