using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Telemetry.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Enrolling;

/// <summary>
/// Who may send: tokens that become agents, their keys, and the ingest keys of outside senders. Secrets are returned once and
/// stored as hashes. Used by the HTTP receivers, the command line and the pages.
/// </summary>
public sealed class Enrolment
{
    private const string AgentSource = "headroom-agent";
    private readonly IDbContextFactory<HeadroomDbContext> _contexts;
    private readonly SenderKeys _keys;
    private readonly TimeProvider _clock;
    private readonly IOptions<IngestionOptions> _options;

    internal Enrolment(IDbContextFactory<HeadroomDbContext> contexts, SenderKeys keys, TimeProvider clock, IOptions<IngestionOptions> options) =>
        (_contexts, _keys, _clock, _options) = (contexts, keys, clock, options);

    /// <summary>Makes a token that enrols one agent, once, until it expires; or more of them, for a fleet that enrols by itself.</summary>
    public async Task<string> CreateTokenAsync(string note, TimeSpan lifetime, CancellationToken cancellationToken, int uses = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(uses, 1);
        var token = Secret.Create();
        var now = _clock.GetUtcNow();
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.EnrolmentTokens.Add(new EnrolmentTokenRow { TokenHash = Secret.Hash(token), Note = note, CreatedAt = now, ExpiresAt = now + lifetime, UsesLeft = uses });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return token;
    }

    /// <summary>Turns a token into an agent of the machine; null when the token is unknown, used up or expired.</summary>
    public async Task<EnrolResponse?> EnrolAsync(EnrolRequest request, CancellationToken cancellationToken)
    {
        var (agentId, key, now) = (Guid.CreateVersion7(_clock.GetUtcNow()), Secret.Create(), _clock.GetUtcNow());
        var hash = Secret.Hash(request.Token);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

        // One statement decides who gets the token, however many ask at once.
        var taken = await context.EnrolmentTokens
            .Where(token => token.TokenHash == hash && token.UsesLeft > 0 && token.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(token => token.UsesLeft, token => token.UsesLeft - 1).SetProperty(token => token.UsedAt, now).SetProperty(token => token.UsedByAgentId, agentId),
                cancellationToken)
            .ConfigureAwait(false);
        if (taken == 0)
        {
            return null;
        }

        var host = request.MachineId is { Length: > 0 } machine ? machine : request.Hostname;
        var hostId = await context.FindOrAddHostAsync(host, request.Hostname, now, cancellationToken).ConfigureAwait(false);
        context.Agents.Add(new AgentRow
        {
            AgentId = agentId,
            HostId = hostId,
            Source = AgentSource,
            KeyHash = Secret.Hash(key),
            Version = request.AgentVersion,
            EnrolledAt = now,
        });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new EnrolResponse(agentId, key);
    }

    /// <summary>Gives an agent a new key. The old one works on for the grace time, so that an answer that got lost locks nobody out.</summary>
    /// <returns>The new key, or null when there is no such agent or it is revoked.</returns>
    public async Task<EnrolResponse?> RotateAsync(Guid agentId, CancellationToken cancellationToken)
    {
        var (key, now) = (Secret.Create(), _clock.GetUtcNow());
        var (hash, until) = (Secret.Hash(key), now + _options.Value.KeyGraceTime);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var changed = await context.Agents
            .Where(agent => agent.AgentId == agentId && agent.RevokedAt == null && agent.KeyHash != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(agent => agent.PreviousKeyHash, agent => agent.KeyHash)
                    .SetProperty(agent => agent.PreviousKeyUntil, until)
                    .SetProperty(agent => agent.RotationWantedAt, (DateTimeOffset?)null)
                    .SetProperty(agent => agent.KeyHash, hash),
                cancellationToken)
            .ConfigureAwait(false);
        _keys.Forget(agentId);
        return changed == 1 ? new EnrolResponse(agentId, key) : null;
    }

    /// <summary>
    /// Has an agent fetch a new key by itself: the answer to its next frames asks it to, so that no person ever sees the key.
    /// False when there is no such agent with a key, or it is revoked.
    /// </summary>
    public async Task<bool> RequestRotationAsync(Guid agentId, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var changed = await context.Agents.Where(agent => agent.AgentId == agentId && agent.RevokedAt == null && agent.KeyHash != null)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.RotationWantedAt, now), cancellationToken).ConfigureAwait(false);
        _keys.Forget(agentId);
        return changed == 1;
    }

    /// <summary>Takes an agent's keys away, at once in this process, within seconds in others. False when there is no such agent.</summary>
    public async Task<bool> RevokeAgentAsync(Guid agentId, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var changed = await context.Agents.Where(agent => agent.AgentId == agentId)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.RevokedAt, agent => agent.RevokedAt ?? now), cancellationToken).ConfigureAwait(false);
        _keys.Forget(agentId);
        return changed == 1;
    }

    /// <summary>Makes a key for an OpenTelemetry Collector or a Prometheus.</summary>
    public async Task<NewIngestKey> CreateIngestKeyAsync(string name, CancellationToken cancellationToken)
    {
        var key = new NewIngestKey(Guid.CreateVersion7(_clock.GetUtcNow()), Secret.Create());
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.IngestKeys.Add(new IngestKeyRow { KeyId = key.KeyId, Name = name, KeyHash = Secret.Hash(key.Key), CreatedAt = _clock.GetUtcNow() });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return key;
    }

    /// <summary>Takes an ingest key away, at once in this process, within seconds in others. False when there is no such key.</summary>
    public async Task<bool> RevokeIngestKeyAsync(Guid keyId, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var changed = await context.IngestKeys.Where(key => key.KeyId == keyId)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, key => key.RevokedAt ?? now), cancellationToken).ConfigureAwait(false);
        _keys.Forget(keyId);
        return changed == 1;
    }

    /// <summary>The newest tokens, at most 1,000.</summary>
    public async Task<IReadOnlyList<ListedToken>> ListTokensAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.EnrolmentTokens.AsNoTracking().OrderByDescending(token => token.CreatedAt).Take(MaxListed)
            .Select(token => new ListedToken(token.Note, token.CreatedAt, token.ExpiresAt, token.UsesLeft, token.UsedAt, token.UsedByAgentId))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest ingest keys, at most 1,000.</summary>
    public async Task<IReadOnlyList<ListedIngestKey>> ListIngestKeysAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.IngestKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).Take(MaxListed)
            .Select(key => new ListedIngestKey(key.KeyId, key.Name, key.CreatedAt, key.RevokedAt))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Agents by host name, a page at a time.</summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">How many at most, up to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ListedAgent>> ListAgentsAsync(int skip, int take, CancellationToken cancellationToken)
    {
        var since = _clock.GetUtcNow() - ListedAgent.DropWindow;
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await (from agent in context.Agents.AsNoTracking()
                      join host in context.Hosts on agent.HostId equals host.HostId
                      orderby host.Name, agent.EnrolledAt, agent.AgentId
                      select new ListedAgent(
                          agent.AgentId, host.HostId, host.Name, agent.Source, agent.Version, agent.EnrolledAt,
                          context.AgentEpochs.Where(epoch => epoch.AgentId == agent.AgentId).Max(epoch => epoch.LastFrameAt),
                          context.AgentEpochs.Where(epoch => epoch.AgentId == agent.AgentId).Max(epoch => (DateTimeOffset?)epoch.UpdatedAt),
                          context.Gaps.Where(gap => gap.AgentId == agent.AgentId && gap.ToAt >= since).Sum(gap => gap.FrameCount),
                          agent.KeyHash != null, agent.RotationWantedAt, agent.RevokedAt))
            .Skip(skip).Take(Math.Clamp(take, 0, MaxListed)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private const int MaxListed = 1_000;
}
