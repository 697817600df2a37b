using Headroom.Storage.Maintenance;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Alerts;

/// <summary>
/// One evaluation of all rules: a transaction that only one worker of the platform can hold. What it changes of alerts and the messages that tell of it
/// are stored together or not at all, so that a worker that dies in the middle loses nothing and says nothing twice.
/// </summary>
public sealed class AlertRound : IAsyncDisposable
{
    private readonly HeadroomDbContext _context;
    private readonly List<AlertRow> _begun = [];

    private AlertRound(HeadroomDbContext context) => _context = context;

    /// <summary>Every rule.</summary>
    public IReadOnlyList<AlertRuleRow> Rules { get; private set; } = [];

    /// <summary>Alerts that are not over, and those whose end nobody was told of.</summary>
    public IReadOnlyList<AlertRow> Alerts { get; private set; } = [];

    /// <summary>Alerts that began in this evaluation.</summary>
    public IReadOnlyList<AlertRow> Begun => _begun;

    /// <summary>Silences that hold now.</summary>
    public IReadOnlyList<AlertSilenceRow> Silences { get; private set; } = [];

    /// <summary>Channels that are switched on.</summary>
    public IReadOnlyList<AlertChannelRow> Channels { get; private set; } = [];

    /// <summary>Begins an evaluation; null while another worker is at it.</summary>
    public static async Task<AlertRound?> TryBeginAsync(IDbContextFactory<HeadroomDbContext> contexts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var round = new AlertRound(context);
        try
        {
            await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            var mine = await context.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock({MaintenanceLock.Alerts}, 0) AS "Value" """).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (!mine[0])
            {
                await round.DisposeAsync().ConfigureAwait(false);
                return null;
            }

            await round.ReadAsync(now, cancellationToken).ConfigureAwait(false);
            return round;
        }
        catch
        {
            await round.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A new alert.</summary>
    public void Add(AlertRow alert)
    {
        _context.Alerts.Add(alert);
        _begun.Add(alert);
    }

    /// <summary>An alert that never fired and is over.</summary>
    public void Remove(AlertRow alert) => _context.Alerts.Remove(alert);

    /// <summary>A message to be sent, or one that a silence holds back.</summary>
    public void Add(AlertDeliveryRow delivery) => _context.AlertDeliveries.Add(delivery);

    /// <summary>Says how it went with rules: those that went well, and those with one problem, are one write each.</summary>
    public async Task EvaluatedAsync(IEnumerable<(Guid RuleId, string? Problem)> rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var alike in rules.GroupBy(rule => rule.Problem, rule => rule.RuleId))
        {
            Guid[] ids = [.. alike];
            await _context.AlertRules.Where(row => ids.Contains(row.RuleId))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.EvaluatedAt, now).SetProperty(row => row.Problem, alike.Key), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores everything.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await _context.Database.CommitTransactionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private async Task ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        Rules = await _context.AlertRules.AsNoTracking().OrderBy(rule => rule.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
        Alerts = await _context.Alerts.AsTracking()
            .Where(alert => alert.State != AlertState.Resolved || (alert.ToldAt != null && alert.EndToldAt == null))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        Silences = await _context.AlertSilences.AsNoTracking().Where(AlertSilences.HoldsAt(now)).ToListAsync(cancellationToken).ConfigureAwait(false);
        Channels = await _context.AlertChannels.AsNoTracking().Where(channel => channel.IsEnabled).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
