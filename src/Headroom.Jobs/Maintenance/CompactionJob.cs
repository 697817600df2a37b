using System.Globalization;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Maintenance;

namespace Headroom.Jobs.Maintenance;

/// <summary>Turns closed hours into blocks.</summary>
internal sealed class CompactionJob(Compaction compaction) : IScheduledJob
{
    public const string JobName = "telemetry-compaction";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var count = await compaction.RunAsync(cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{count} host hours compacted");
    }
}
