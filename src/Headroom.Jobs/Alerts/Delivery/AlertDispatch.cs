using System.Text.Json;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>
/// Sends messages that wait, and tries again what failed. A message is taken by one worker at a time; should that worker die between sending it and writing that down, it is sent
/// again, with the same id.
/// </summary>
public sealed partial class AlertDispatch(AlertOutbox outbox, AlertChannelKinds kinds, IOptions<AlertOptions> options, TimeProvider clock, ILogger<AlertDispatch> logger)
{
    private const string Test = "test";

    /// <summary>Longer than a try may take, so that nobody else tries meanwhile.</summary>
    private TimeSpan Lease => TimeSpan.FromSeconds((2 * options.Value.TimeoutSeconds) + 10);

    /// <summary>Sends everything that is due; returns how many reached their receivers and how many tries failed.</summary>
    public async Task<(int Delivered, int Failed)> RunAsync(CancellationToken cancellationToken)
    {
        var (delivered, failed) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, options.Value.Lanes).Select(async _ =>
        {
            while (await outbox.TakeAsync(Lease, cancellationToken).ConfigureAwait(false) is { } sending)
            {
                var error = await TryAsync(sending, options.Value.BackoffAfter(sending.Delivery.Attempts), cancellationToken).ConfigureAwait(false);
                Interlocked.Increment(ref error is null ? ref delivered : ref failed);
            }
        })).ConfigureAwait(false);
        return (delivered, failed);
    }

    /// <summary>Sends a message that says it is a test, once; returns what went wrong, or null. It stands in the log like any other.</summary>
    public async Task<string?> TestAsync(AlertChannelRow channel, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var text = $"{by} asked for this message to see whether '{channel.Name}' works. It does.";
        var line = new AlertMessageLine(Guid.CreateVersion7(now), Test, Test, "info", "nothing", null, 0, 0, 0, "", now, null, null, null, null, text);
        var message = new AlertMessage("[test] Headroom can reach you", Test, Test, [line], 0);
        var delivery = new AlertDeliveryRow
        {
            DeliveryId = Guid.CreateVersion7(now),
            ChannelId = channel.ChannelId,
            Channel = channel.Name,
            GroupKey = Test,
            Title = message.Title,
            Message = JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
            CreatedAt = now,
        };
        return await TryAsync(await outbox.AddTakenAsync(delivery, channel, Lease, cancellationToken).ConfigureAwait(false), null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> TryAsync(AlertSending sending, TimeSpan? backoff, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        var error = await SendAsync(sending, cancellationToken).ConfigureAwait(false);
        await outbox.TriedAsync(sending, error, startedAt, backoff is { } wait ? clock.GetUtcNow() + wait : null, cancellationToken).ConfigureAwait(false);
        if (error is not null)
        {
            NotDelivered(logger, sending.Delivery.DeliveryId, sending.Delivery.Attempts, sending.Channel.Name, error);
        }

        return error;
    }

    private async Task<string?> SendAsync(AlertSending sending, CancellationToken cancellationToken)
    {
        if (kinds.Find(sending.Channel.Kind) is not { } kind)
        {
            return $"this worker knows no channels of the kind '{sending.Channel.Kind}'";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            await kind.SendAsync(sending, JsonSerializer.Deserialize<AlertMessage>(sending.Delivery.Message, JsonSerializerOptions.Web)!, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (AlertDeliveryException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FormattableString.Invariant($"the receiver did not answer within {options.Value.TimeoutSeconds} s");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert message {Delivery}, try {Attempt}, did not reach '{Channel}': {Reason}")]
    private static partial void NotDelivered(ILogger logger, Guid delivery, int attempt, string channel, string reason);
}
