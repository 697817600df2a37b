using Headroom.Jobs.Capacity;
using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Jobs.Backtests;

/// <summary>The platform's own history as a trace: every host's use of a resource, as far back as the capacity advice looks.</summary>
public sealed class StoreTrace(IDbContextFactory<HeadroomDbContext> contexts, CapacityInputs inputs, TimeProvider clock)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="TraceException">No host has telemetry.</exception>
    public async Task<FleetTrace> ReadAsync(Resource resource, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var hosts = await context.Hosts.OrderBy(host => host.HostId).ToListAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var read = new List<RecommendationInputs>();
        foreach (var host in hosts)
        {
            if (await inputs.ReadAsync(host.HostId, host.Name, host.FirstSeenAt, now, cancellationToken).ConfigureAwait(false) is { } past)
            {
                read.Add(past);
            }
        }

        return PastFleet.Make(BacktestQuestion.Store, read, resource);
    }
}
