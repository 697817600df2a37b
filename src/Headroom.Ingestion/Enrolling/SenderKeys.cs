using System.Collections.Concurrent;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Enrolling;

/// <summary>
/// Checks keys against their hashes. What was found is trusted for a few seconds; a key revoked through this process stops at once,
/// one revoked by another program when that time is over. Few look-ups run at once: a fleet that comes all together must not take
/// every connection of the database.
/// </summary>
internal sealed class SenderKeys(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock, IOptions<IngestionOptions> options) : IDisposable
{
    private const int LookUpsAtOnce = 4;

    private readonly SemaphoreSlim _lookUps = new(LookUpsAtOnce);
    private readonly ConcurrentDictionary<Guid, Known> _agents = new();
    private readonly ConcurrentDictionary<Guid, Known> _ingestKeys = new();

    private sealed record Known(byte[]? Hash, byte[]? PreviousHash, DateTimeOffset? PreviousUntil, bool Revoked, bool RotationWanted, long ReadTimestamp);

    /// <summary>Whether the key is that of an enrolled agent that is not revoked.</summary>
    public async ValueTask<bool> IsAgentAsync(Credentials credentials, CancellationToken cancellationToken) =>
        Accepts(await FindAsync(_agents, credentials.Id, ReadAgentAsync, cancellationToken).ConfigureAwait(false), credentials.Secret);

    /// <summary>Whether the key is an ingest key that is not revoked.</summary>
    public async ValueTask<bool> IsIngestKeyAsync(Credentials credentials, CancellationToken cancellationToken) =>
        Accepts(await FindAsync(_ingestKeys, credentials.Id, ReadIngestKeyAsync, cancellationToken).ConfigureAwait(false), credentials.Secret);

    /// <summary>Whether an agent that was let in a moment ago is to fetch a new key.</summary>
    public bool IsRotationWanted(Guid agentId) => _agents.TryGetValue(agentId, out var known) && known.RotationWanted;

    /// <summary>Looks the sender up again at its next request.</summary>
    public void Forget(Guid id)
    {
        _agents.TryRemove(id, out _);
        _ingestKeys.TryRemove(id, out _);
    }

    public void Dispose() => _lookUps.Dispose();

    private bool Accepts(Known? known, string secret)
    {
        if (known is null || known.Revoked)
        {
            return false;
        }

        return Secret.Matches(secret, known.Hash)
            || (known.PreviousUntil > clock.GetUtcNow() && Secret.Matches(secret, known.PreviousHash));
    }

    private async ValueTask<Known?> FindAsync(
        ConcurrentDictionary<Guid, Known> cache, Guid id, Func<Guid, CancellationToken, Task<Known?>> read, CancellationToken cancellationToken)
    {
        if (Fresh(cache, id) is { } known)
        {
            return known;
        }

        await _lookUps.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another request of the same sender may have looked meanwhile.
            var found = Fresh(cache, id) ?? await read(id, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                // Unknown ids are not remembered: there is no end of them.
                cache.TryRemove(id, out _);
                return null;
            }

            return cache[id] = found;
        }
        finally
        {
            _lookUps.Release();
        }
    }

    private Known? Fresh(ConcurrentDictionary<Guid, Known> cache, Guid id) =>
        cache.TryGetValue(id, out var known) && clock.GetElapsedTime(known.ReadTimestamp) < options.Value.KeyCacheTime ? known : null;

    private async Task<Known?> ReadAgentAsync(Guid id, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = context.ConfigureAwait(false);
        var now = clock.GetTimestamp();
        return await context.Agents.AsNoTracking().Where(agent => agent.AgentId == id && agent.KeyHash != null)
            .Select(agent => new Known(agent.KeyHash, agent.PreviousKeyHash, agent.PreviousKeyUntil, agent.RevokedAt != null, agent.RotationWantedAt != null, now))
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Known?> ReadIngestKeyAsync(Guid id, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = context.ConfigureAwait(false);
        var now = clock.GetTimestamp();
        return await context.IngestKeys.AsNoTracking().Where(key => key.KeyId == id)
            .Select(key => new Known(key.KeyHash, null, null, key.RevokedAt != null, false, now))
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }
}
