using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Reading;

/// <summary>When a host was last heard of.</summary>
/// <param name="At">When frames of any of its agents that may still send were last stored, or known ones sent again; null when none may.</param>
public sealed record HostContact(int HostId, string Host, DateTimeOffset? At);

/// <summary>Says when every host that ever sent a frame was last heard of.</summary>
public sealed class LastHeard(IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Every host that sent a frame, by id.</summary>
    public async Task<IReadOnlyList<HostContact>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var heard =
            from epoch in context.AgentEpochs
            join agent in context.Agents on epoch.AgentId equals agent.AgentId
            where epoch.LastFrameAt != null
            group new { epoch.UpdatedAt, agent.RevokedAt } by epoch.HostId into host
            select new { HostId = host.Key, At = host.Max(row => row.RevokedAt == null ? row.UpdatedAt : (DateTimeOffset?)null) };
        var named = heard.Join(context.Hosts, row => row.HostId, host => host.HostId, (row, host) => new { row.HostId, host.Name, row.At }).OrderBy(row => row.HostId);
        return await named.Select(row => new HostContact(row.HostId, row.Name, row.At)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
