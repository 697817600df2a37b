using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Alerts;

/// <summary>The rules that people wrote, and those that came with the program.</summary>
public sealed class AlertRules(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Every rule by name.</summary>
    public async Task<IReadOnlyList<AlertRuleRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertRules.AsNoTracking().OrderBy(rule => rule.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One rule, or null.</summary>
    public async Task<AlertRuleRow?> FindAsync(Guid ruleId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertRules.AsNoTracking().SingleOrDefaultAsync(rule => rule.RuleId == ruleId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a new rule. False when another has its name.</summary>
    public Task<bool> AddAsync(AlertRuleRow rule, CancellationToken cancellationToken) => contexts.TrySaveAsync(
        context =>
        {
            context.AlertRules.Add(rule);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>
    /// Replaces a rule. Its open alerts go on, unless it looks at something else now: then they end. False when another rule has its name.
    /// </summary>
    public async Task<bool> ReplaceAsync(AlertRuleRow rule, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await contexts.TrySaveAsync(
            async context =>
            {
                var looksElsewhere = await context.AlertRules.AnyAsync(
                    old => old.RuleId == rule.RuleId && (old.Signal != rule.Signal || old.Kind != rule.Kind || old.Metric != rule.Metric), cancellationToken).ConfigureAwait(false);
                if (looksElsewhere)
                {
                    await EndAsync(context, rule.RuleId, "the rule looks at something else now", now, cancellationToken).ConfigureAwait(false);
                }

                context.AlertRules.Update(rule);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a rule and its silences; its alerts end and stay in the history. False when there is none.</summary>
    public async Task<bool> DeleteAsync(Guid ruleId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await EndAsync(context, ruleId, "the rule was deleted", clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var deleted = await context.AlertRules.Where(rule => rule.RuleId == ruleId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return deleted > 0;
    }

    // What never fired leaves no trace.
    private static async Task EndAsync(HeadroomDbContext context, Guid ruleId, string because, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await context.Alerts.Where(alert => alert.RuleId == ruleId && alert.State == AlertState.Pending).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.Alerts.Where(alert => alert.RuleId == ruleId && alert.State == AlertState.Firing).ExecuteUpdateAsync(
            set => set.SetProperty(alert => alert.State, AlertState.Resolved).SetProperty(alert => alert.ResolvedAt, now).SetProperty(alert => alert.ResolvedBecause, because),
            cancellationToken).ConfigureAwait(false);
    }
}
