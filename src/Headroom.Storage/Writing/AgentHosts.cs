using System.Collections.Concurrent;
using Npgsql;

namespace Headroom.Storage.Writing;

/// <summary>Which host an agent measures; it never changes, so it is read once.</summary>
internal sealed class AgentHosts
{
    private readonly ConcurrentDictionary<Guid, int> _known = new();

    /// <exception cref="UnknownAgentException">One of the agents is not enrolled.</exception>
    public async Task<IReadOnlyDictionary<Guid, int>> ResolveAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> agents, CancellationToken cancellationToken)
    {
        var unknown = agents.Where(agent => !_known.ContainsKey(agent)).ToArray();
        if (unknown.Length > 0)
        {
            await using var command = new NpgsqlCommand("SELECT agent_id, host_id FROM agents WHERE agent_id = ANY($1)", connection) { Parameters = { new() { Value = unknown } } };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                _known[reader.GetGuid(0)] = reader.GetInt32(1);
            }
        }

        return agents.ToDictionary(agent => agent, agent => _known.TryGetValue(agent, out var host) ? host : throw new UnknownAgentException(agent));
    }
}
