using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Ingestion.Series;

/// <summary>
/// The agent that stands for one sender on one host. A foreign sender names hosts freely, so a host it reports on is known by that name
/// and apart from a machine of the same name that runs our agent.
/// </summary>
internal sealed class ForeignAgents(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Guid Sender, string Host), Guid> _known = new();

    /// <summary>The agent's id, registered when it is new.</summary>
    /// <param name="sender">The ingest key.</param>
    /// <param name="host">Name of the host.</param>
    /// <param name="source">What sends: <c>otlp</c> or <c>prometheus</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask<Guid> FindOrAddAsync(Guid sender, string host, string source, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((sender, host), out var known))
        {
            return known;
        }

        var agentId = IdOf(sender, host);
        var now = clock.GetUtcNow();
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = context.ConfigureAwait(false);
        var hostId = await context.FindOrAddHostAsync(host, host, now, cancellationToken).ConfigureAwait(false);
        await context.AddAgentUnlessKnownAsync(new AgentRow { AgentId = agentId, HostId = hostId, Source = source, EnrolledAt = now }, cancellationToken).ConfigureAwait(false);
        return _known[(sender, host)] = agentId;
    }

    // The same on every server, without a look-up.
    private static Guid IdOf(Guid sender, string host)
    {
        var hash = SHA256.HashData([.. sender.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(host)]);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
