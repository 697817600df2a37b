using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Capacity;

/// <summary>The shadow ledger: what was advised on hosts, and what came of it.</summary>
public sealed class CapacityLedger(IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Writes down advice that was just made.</summary>
    public async Task AddAsync(CapacityAdviceRow advice, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.CapacityAdvice.Add(advice);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest advice of every host, by host.</summary>
    public async Task<IReadOnlyList<CapacityEntry>> LatestAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var newest = context.CapacityAdvice.Where(advice => advice.MadeAt == context.CapacityAdvice.Where(other => other.HostId == advice.HostId).Max(other => other.MadeAt));
        return await Entries(newest.OrderBy(advice => advice.HostId)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The advice of one host, the newest first.</summary>
    public async Task<IReadOnlyList<CapacityEntry>> OfHostAsync(int hostId, DateTimeOffset? before, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = context.CapacityAdvice.Where(advice => advice.HostId == hostId && (before == null || advice.MadeAt < before));
        return await Entries(rows.OrderByDescending(advice => advice.MadeAt).Take(take)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One advice, or null.</summary>
    public async Task<CapacityEntry?> FindAsync(Guid adviceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await Entries(context.CapacityAdvice.Where(advice => advice.AdviceId == adviceId)).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The ZIP file of an advice's inputs, or null.</summary>
    public async Task<byte[]?> SnapshotAsync(Guid adviceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.CapacityAdvice.Where(advice => advice.AdviceId == adviceId).Select(advice => advice.Snapshot).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Advice whose time is over and that was not judged yet, oldest first.</summary>
    public async Task<IReadOnlyList<CapacityEntry>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = context.CapacityAdvice.Where(advice => advice.JudgedAt == null && advice.ExpiresAt <= now);
        return await Entries(rows.OrderBy(advice => advice.ExpiresAt).Take(take)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes down what came of an advice. Judging twice changes nothing.</summary>
    public async Task JudgeAsync(Guid adviceId, IReadOnlyList<CapacityOutcomeRow> outcomes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var advice = await context.CapacityAdvice.AsTracking().SingleOrDefaultAsync(row => row.AdviceId == adviceId && row.JudgedAt == null, cancellationToken).ConfigureAwait(false);
        if (advice is null)
        {
            return;
        }

        advice.JudgedAt = now;
        context.CapacityOutcomes.AddRange(outcomes);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How often a host's judged advice was exceeded since a time, per resource; advice of cold hosts does not count.</summary>
    public async Task<IReadOnlyList<CapacityCoverage>> CoverageAsync(int hostId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.CapacityAdvice.Where(advice => advice.HostId == hostId && advice.MadeAt >= since && advice.JudgedAt != null && !advice.IsCold)
            .SelectMany(advice => advice.Outcomes).GroupBy(outcome => outcome.Resource)
            .Select(group => new CapacityCoverage(group.Key, group.Sum(outcome => outcome.Windows), group.Sum(outcome => outcome.Violations)))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says of advice that it must not be followed any more.</summary>
    public async Task WithdrawAsync(Guid adviceId, string reason, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.CapacityAdvice.Where(advice => advice.AdviceId == adviceId && advice.WithdrawnReason == null)
            .ExecuteUpdateAsync(set => set.SetProperty(advice => advice.WithdrawnReason, reason), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets advice made before a time; returns how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.CapacityAdvice.Where(advice => advice.MadeAt < before).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<CapacityEntry> Entries(IQueryable<CapacityAdviceRow> rows) => rows.AsNoTracking().Select(advice => new CapacityEntry(
        advice.AdviceId, advice.HostId, advice.MadeAt, advice.ExpiresAt, advice.IsCold, advice.Risk, advice.Recommendation,
        advice.WithdrawnReason, advice.JudgedAt, advice.Outcomes));
}
