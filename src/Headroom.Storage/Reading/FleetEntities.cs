using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Reading;

/// <summary>An entity and where it is.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Name">Name of the entity.</param>
public sealed record FleetEntity(int HostId, int EntityId, string Host, string Name);

/// <summary>The entities of a kind over all hosts.</summary>
public sealed class FleetEntities(IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Entities seen since a time, by host and entity.</summary>
    public async Task<IReadOnlyList<FleetEntity>> ReadAsync(EntityKind kind, DateTimeOffset seenSince, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Entities.Where(entity => entity.Kind == kind && entity.LastSeenAt >= seenSince)
            .Join(context.Hosts, entity => entity.HostId, host => host.HostId, (entity, host) => new { entity, host })
            .OrderBy(both => both.entity.HostId).ThenBy(both => both.entity.EntityId)
            .Select(both => new FleetEntity(both.entity.HostId, both.entity.EntityId, both.host.Name, both.entity.Name))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
