using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Maintenance;

namespace Headroom.Jobs.Maintenance;

/// <summary>Keeps partitions made ahead of the frames.</summary>
internal sealed class PartitionJob(PartitionMaintenance partitions) : IScheduledJob
{
    public const string JobName = "telemetry-partitions";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var count = await partitions.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{count} partitions made");
    }
}
