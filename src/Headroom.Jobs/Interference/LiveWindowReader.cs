using Headroom.Interference.Live;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Jobs.Interference;

/// <summary>Reads windows of frames as the interference models look at them.</summary>
public sealed class LiveWindowReader(IDbContextFactory<HeadroomDbContext> contexts, WindowReader windows)
{
    /// <summary>Hosts that sent a frame since a time.</summary>
    public async Task<IReadOnlyList<int>> LivingAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Hosts
            .Where(host => context.AgentEpochs.Any(epoch => epoch.HostId == host.HostId && epoch.LastFrameAt >= since))
            .OrderBy(host => host.HostId).Select(host => host.HostId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The window of a host that ends at a time; null when nothing of the host itself was measured.</summary>
    public async Task<HostWindow?> ReadAsync(int hostId, DateTimeOffset endsAt, int seconds, CancellationToken cancellationToken)
    {
        var from = endsAt.AddSeconds(-seconds);
        var hosts = await windows.ReadAsync(hostId, EntityKind.Host, from, seconds, cancellationToken).ConfigureAwait(false);
        if (hosts.Count == 0)
        {
            return null;
        }

        var workloads = await windows.ReadAsync(hostId, EntityKind.Workload, from, seconds, cancellationToken).ConfigureAwait(false);
        return new HostWindow(endsAt, hosts[^1].Seconds, [.. workloads.Select(workload => new WorkloadWindow(workload.EntityId, workload.Name, workload.Seconds))]);
    }
}
