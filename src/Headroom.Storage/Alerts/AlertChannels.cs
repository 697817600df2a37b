using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Alerts;

/// <summary>Where people are told.</summary>
public sealed class AlertChannels(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Every channel by name.</summary>
    public async Task<IReadOnlyList<AlertChannelRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertChannels.AsNoTracking().OrderBy(channel => channel.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One channel, or null.</summary>
    public async Task<AlertChannelRow?> FindAsync(Guid channelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.AlertChannels.AsNoTracking().SingleOrDefaultAsync(channel => channel.ChannelId == channelId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a new channel. False when another has its name.</summary>
    public Task<bool> AddAsync(AlertChannelRow channel, CancellationToken cancellationToken) => contexts.TrySaveAsync(
        context =>
        {
            context.AlertChannels.Add(channel);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Replaces a channel. False when another has its name.</summary>
    public Task<bool> ReplaceAsync(AlertChannelRow channel, CancellationToken cancellationToken) => contexts.TrySaveAsync(
        context =>
        {
            context.AlertChannels.Update(channel);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Deletes a channel; what still waits for it is given up, its log stays. False when there is none.</summary>
    public async Task<bool> DeleteAsync(Guid channelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        await context.AlertDeliveries.Where(delivery => delivery.ChannelId == channelId && delivery.State == AlertDeliveryState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(delivery => delivery.State, AlertDeliveryState.Failed).SetProperty(delivery => delivery.EndedAt, now)
                .SetProperty(delivery => delivery.NextAttemptAt, (DateTimeOffset?)null).SetProperty(delivery => delivery.Error, "the channel was deleted"),
            cancellationToken).ConfigureAwait(false);
        var deleted = await context.AlertChannels.Where(channel => channel.ChannelId == channelId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return deleted > 0;
    }
}
