using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Model;

/// <summary>Gives every machine its one row, however many writers meet it at once.</summary>
public static class HostRegistration
{
    /// <summary>Id of the host with this key, made when it is new; its name follows what is given.</summary>
    /// <param name="context">Any open transaction of it is joined.</param>
    /// <param name="key">Stable identity: the machine id, or the name an outside source gave.</param>
    /// <param name="name">Name for people.</param>
    /// <param name="now">First-seen time of a new host.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<int> FindOrAddHostAsync(this HeadroomDbContext context, string key, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await context.Database.SqlQuery<int>(
            $"""
            INSERT INTO hosts (key, name, first_seen_at) VALUES ({key}, {name}, {now})
            ON CONFLICT (key) DO UPDATE SET name = excluded.name
            RETURNING host_id AS "Value"
            """).ToListAsync(cancellationToken).ConfigureAwait(false);
        return ids[0];
    }

    /// <summary>Adds an outside source's agent on a host, unless it is there.</summary>
    public static Task AddAgentUnlessKnownAsync(this HeadroomDbContext context, AgentRow agent, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO agents (agent_id, host_id, source, enrolled_at) VALUES ({agent.AgentId}, {agent.HostId}, {agent.Source}, {agent.EnrolledAt})
            ON CONFLICT (agent_id) DO NOTHING
            """,
            cancellationToken);
}
