using System.Linq.Expressions;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Alerts;

/// <summary>Times in which nobody is told.</summary>
public sealed class AlertSilences(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Silences, those that end last first.</summary>
    public async Task<IReadOnlyList<AlertSilenceRow>> ListAsync(int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertSilences.AsNoTracking().OrderByDescending(silence => silence.EndsAt).Take(take).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Silences that hold now.</summary>
    public async Task<IReadOnlyList<AlertSilenceRow>> HoldingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertSilences.AsNoTracking().Where(HoldsAt(clock.GetUtcNow())).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins one.</summary>
    public async Task AddAsync(AlertSilenceRow silence, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.AlertSilences.Add(silence);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends one now. False when there is none that has not ended.</summary>
    public async Task<bool> EndAsync(Guid silenceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return await context.AlertSilences.Where(silence => silence.SilenceId == silenceId && silence.EndsAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(silence => silence.EndsAt, now), cancellationToken).ConfigureAwait(false) > 0;
    }

    internal static Expression<Func<AlertSilenceRow, bool>> HoldsAt(DateTimeOffset now) => silence => silence.StartsAt <= now && silence.EndsAt > now;
}
