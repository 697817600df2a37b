using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Alerts;

/// <summary>Which messages to list; null leaves a condition out.</summary>
public sealed record AlertDeliveryQuestion(Guid? ChannelId = null, AlertDeliveryState? State = null, DateTimeOffset? Before = null);

/// <summary>A message that one worker tries to send.</summary>
/// <param name="Delivery">The message; its number of attempts is also the right to write how the try ended.</param>
/// <param name="Channel">Where to.</param>
public sealed record AlertSending(AlertDeliveryRow Delivery, AlertChannelRow Channel);

/// <summary>Messages that wait to be sent, and the log of those that were. Two workers never try the same message at once.</summary>
public sealed class AlertOutbox(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Takes the message whose try is due first, or null; whoever does not say within the lease how it went has lost it.</summary>
    public async Task<AlertSending?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var rows = await context.AlertDeliveries.FromSql(
            $"""
            UPDATE alert_deliveries SET attempts = attempts + 1, lease_until = {now + lease}
            WHERE delivery_id = (
                SELECT delivery_id FROM alert_deliveries
                WHERE state = {(short)AlertDeliveryState.Waiting} AND next_attempt_at <= {now} AND (lease_until IS NULL OR lease_until < {now}) AND channel_id IS NOT NULL
                ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows is [{ ChannelId: { } channelId } row]
            && await context.AlertChannels.AsNoTracking().SingleOrDefaultAsync(channel => channel.ChannelId == channelId, cancellationToken).ConfigureAwait(false) is { } channel
            ? new AlertSending(row, channel)
            : null;
    }

    /// <summary>Puts a message into the log that is sent by the caller at once, and by nobody else.</summary>
    public async Task<AlertSending> AddTakenAsync(AlertDeliveryRow delivery, AlertChannelRow channel, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        (delivery.Attempts, delivery.LeaseUntil) = (1, clock.GetUtcNow() + lease);
        context.AlertDeliveries.Add(delivery);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return new AlertSending(delivery, channel);
    }

    /// <summary>Writes down how a try ended. False when another worker has taken the message since: then nothing is written.</summary>
    /// <param name="sending">What was tried.</param>
    /// <param name="error">What went wrong; null when the receiver took it.</param>
    /// <param name="startedAt">When the try began.</param>
    /// <param name="nextAt">When to try again; null for never.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> TriedAsync(AlertSending sending, string? error, DateTimeOffset startedAt, DateTimeOffset? nextAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (id, attempt) = (sending.Delivery.DeliveryId, sending.Delivery.Attempts);
        var state = error is null ? AlertDeliveryState.Delivered : nextAt is null ? AlertDeliveryState.Failed : AlertDeliveryState.Waiting;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var mine = await context.AlertDeliveries.Where(delivery => delivery.DeliveryId == id && delivery.Attempts == attempt && delivery.State == AlertDeliveryState.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(delivery => delivery.State, state).SetProperty(delivery => delivery.Error, error).SetProperty(delivery => delivery.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(delivery => delivery.NextAttemptAt, state == AlertDeliveryState.Waiting ? nextAt : null)
                    .SetProperty(delivery => delivery.EndedAt, state == AlertDeliveryState.Waiting ? (DateTimeOffset?)null : now),
                cancellationToken).ConfigureAwait(false) > 0;
        if (mine)
        {
            context.Add(new AlertAttemptRow { DeliveryId = id, Number = attempt, At = startedAt, TookSeconds = Math.Max(0, (now - startedAt).TotalSeconds), Error = error });
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return mine;
    }

    /// <summary>Tries a message again that was given up. False when it was not.</summary>
    public async Task<bool> RetryAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return await context.AlertDeliveries.Where(delivery => delivery.DeliveryId == deliveryId && delivery.State == AlertDeliveryState.Failed && delivery.ChannelId != null).ExecuteUpdateAsync(
            set => set.SetProperty(delivery => delivery.State, AlertDeliveryState.Waiting).SetProperty(delivery => delivery.NextAttemptAt, now).SetProperty(delivery => delivery.EndedAt, (DateTimeOffset?)null),
            cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Messages, the newest first, without their tries.</summary>
    public async Task<IReadOnlyList<AlertDeliveryRow>> ListAsync(AlertDeliveryQuestion question, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertDeliveries.AsNoTracking()
            .Where(delivery => (question.ChannelId == null || delivery.ChannelId == question.ChannelId)
                && (question.State == null || delivery.State == question.State)
                && (question.Before == null || delivery.CreatedAt < question.Before))
            .OrderByDescending(delivery => delivery.CreatedAt).ThenBy(delivery => delivery.DeliveryId).Take(take)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One message with its tries, or null.</summary>
    public async Task<AlertDeliveryRow?> FindAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertDeliveries.AsNoTracking().Include(delivery => delivery.Tries.OrderBy(attempt => attempt.Number))
            .SingleOrDefaultAsync(delivery => delivery.DeliveryId == deliveryId, cancellationToken).ConfigureAwait(false);
    }
}
