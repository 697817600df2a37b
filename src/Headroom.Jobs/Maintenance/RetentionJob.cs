using Headroom.Jobs.Scheduling;
using Headroom.Storage.Maintenance;

namespace Headroom.Jobs.Maintenance;

/// <summary>Drops what is older than its retention.</summary>
internal sealed class RetentionJob(Retention retention) : IScheduledJob
{
    public const string JobName = "telemetry-retention";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var dropped = await retention.RunAsync(cancellationToken).ConfigureAwait(false);
        return dropped.Count == 0 ? "nothing is old enough" : $"dropped {string.Join(", ", dropped)}";
    }
}
