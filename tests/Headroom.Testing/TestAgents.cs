using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Testing;

/// <summary>Enrols agents without the ceremony.</summary>
public static class TestAgents
{
    /// <summary>Adds a host and an agent on it.</summary>
    public static async Task<AgentRow> AddAgentAsync(this PostgresDatabase database, string host, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var row = await context.Hosts.SingleOrDefaultAsync(known => known.Key == host, cancellationToken);
        if (row is null)
        {
            row = new HostRow { Key = host, Name = host, FirstSeenAt = at };
            context.Hosts.Add(row);
            await context.SaveChangesAsync(cancellationToken);
        }

        var agent = new AgentRow { AgentId = Guid.NewGuid(), HostId = row.HostId, Source = "headroom-agent", EnrolledAt = at };
        context.Agents.Add(agent);
        await context.SaveChangesAsync(cancellationToken);
        return agent;
    }
}
