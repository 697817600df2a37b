using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Requests;

/// <summary>Requests that must do their work once, however often they come and on however many servers.</summary>
public sealed class IdempotentRequests(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Claims a request, or says why not. Forgets what has expired.</summary>
    /// <param name="key">SHA-256 of caller and key.</param>
    /// <param name="request">SHA-256 of what is asked.</param>
    /// <param name="lifetime">For how long its answer will be kept.</param>
    /// <param name="runningLimit">After this time a claim without an answer counts as lost.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IdempotentClaim> ClaimAsync(byte[] key, byte[] request, TimeSpan lifetime, TimeSpan runningLimit, CancellationToken cancellationToken)
    {
        // Postgres keeps microseconds; the time names the claim, so it must come back as it went.
        var now = Microseconds(clock.GetUtcNow());
        var (expires, lost) = (now + lifetime, now - runningLimit);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.IdempotentRequests.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var claimed = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO idempotent_requests AS known (key_hash, request_hash, claimed_at, expires_at) VALUES ({key}, {request}, {now}, {expires})
            ON CONFLICT (key_hash) DO UPDATE SET request_hash = excluded.request_hash, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
            WHERE known.answer IS NULL AND known.claimed_at <= {lost}
            """,
            cancellationToken).ConfigureAwait(false);
        if (claimed == 1)
        {
            return new IdempotentClaim(IdempotentState.Claimed, now);
        }

        // Released between the two statements: the caller comes again, as for one that runs.
        var known = await context.IdempotentRequests.AsNoTracking().SingleOrDefaultAsync(row => row.KeyHash == key, cancellationToken).ConfigureAwait(false);
        return known switch
        {
            null => new IdempotentClaim(IdempotentState.Running, now),
            _ when !known.RequestHash.AsSpan().SequenceEqual(request) => new IdempotentClaim(IdempotentState.OtherRequest, known.ClaimedAt),
            { Answer: { } answer } => new IdempotentClaim(IdempotentState.Answered, known.ClaimedAt, answer),
            _ => new IdempotentClaim(IdempotentState.Running, known.ClaimedAt),
        };
    }

    /// <summary>Keeps the answer of a claim.</summary>
    public async Task AnswerAsync(byte[] key, DateTimeOffset claimedAt, byte[] answer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.IdempotentRequests.Where(row => row.KeyHash == key && row.ClaimedAt == claimedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Answer, answer), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a claim back that made nothing, so that the same key may try again.</summary>
    public async Task ReleaseAsync(byte[] key, DateTimeOffset claimedAt, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.IdempotentRequests.Where(row => row.KeyHash == key && row.ClaimedAt == claimedAt && row.Answer == null)
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
