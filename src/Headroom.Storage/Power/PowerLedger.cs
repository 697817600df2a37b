using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Power;

/// <summary>What the power controller decided, kept over restarts.</summary>
public sealed class PowerLedger(IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Writes decisions down.</summary>
    public async Task AddAsync(IReadOnlyList<PowerDecisionRow> decisions, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.PowerDecisions.AddRange(decisions);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decisions, the newest first.</summary>
    public async Task<IReadOnlyList<PowerDecisionRow>> NewestAsync(int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.PowerDecisions.AsNoTracking().OrderByDescending(decision => decision.At).ThenByDescending(decision => decision.DecisionId)
            .Take(take).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets decisions made before a time; returns how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.PowerDecisions.Where(decision => decision.At < before).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
