using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Alerts;

/// <summary>Which alerts to list; null leaves a condition out.</summary>
/// <param name="State">Only this state; without it pending ones are left out.</param>
/// <param name="RuleId">Only of this rule.</param>
/// <param name="Host">Only of the host of this name.</param>
/// <param name="Before">Only begun before this time (the next page).</param>
public sealed record AlertQuestion(AlertState? State = null, Guid? RuleId = null, string? Host = null, DateTimeOffset? Before = null);

/// <summary>The alerts there are and were.</summary>
public sealed class AlertBook(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Alerts, the newest first.</summary>
    public async Task<IReadOnlyList<AlertRow>> ListAsync(AlertQuestion question, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Alerts.AsNoTracking()
            .Where(alert => (question.State == null ? alert.State != AlertState.Pending : alert.State == question.State)
                && (question.RuleId == null || alert.RuleId == question.RuleId)
                && (question.Host == null || alert.Host == question.Host)
                && (question.Before == null || alert.PendingAt < question.Before))
            .OrderByDescending(alert => alert.PendingAt).ThenBy(alert => alert.AlertId).Take(take)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Alerts that fire, or are about to, the gravest and then the longest first.</summary>
    public async Task<IReadOnlyList<AlertRow>> OpenAsync(int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Alerts.AsNoTracking().Where(alert => alert.State != AlertState.Resolved)
            .OrderByDescending(alert => alert.State).ThenByDescending(alert => alert.Severity).ThenBy(alert => alert.PendingAt).Take(take)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many fire.</summary>
    public async Task<int> CountFiringAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Alerts.CountAsync(alert => alert.State == AlertState.Firing, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One alert, or null.</summary>
    public async Task<AlertRow?> FindAsync(Guid alertId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Alerts.AsNoTracking().SingleOrDefaultAsync(alert => alert.AlertId == alertId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a firing alert by hand; it begins anew when the signal still passes the threshold for long enough. False when it does not fire.</summary>
    public async Task<bool> EndAsync(Guid alertId, string because, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return await context.Alerts.Where(alert => alert.AlertId == alertId && alert.State == AlertState.Firing).ExecuteUpdateAsync(
            set => set.SetProperty(alert => alert.State, AlertState.Resolved).SetProperty(alert => alert.ResolvedAt, now).SetProperty(alert => alert.ResolvedBecause, because),
            cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Forgets alerts that ended, and messages that were made, before a time; returns how many alerts.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.AlertDeliveries.Where(delivery => delivery.CreatedAt < before && delivery.State != AlertDeliveryState.Waiting).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.AlertSilences.Where(silence => silence.EndsAt < before).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return await context.Alerts.Where(alert => alert.ResolvedAt < before).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
