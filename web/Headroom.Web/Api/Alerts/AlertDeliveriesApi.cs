using System.ComponentModel;
using System.Text.Json;
using Headroom.Jobs.Alerts.Delivery;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Alerts;

/// <summary>The log of messages.</summary>
internal static class AlertDeliveriesApi
{
    public static void MapAlertDeliveries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alert-deliveries", ListAsync).WithName("ListAlertDeliveries").WithSummary("Messages that wait, were delivered, given up or muted, the newest first.");
        api.MapGet("/alert-deliveries/{id:guid}", GetAsync).WithName("GetAlertDelivery").WithSummary("One message with its text and every try.");
        api.MapPost("/alert-deliveries/{id:guid}/retry", RetryAsync).WithName("RetryAlertDelivery").WithSummary("Tries a message once more that was given up.");
    }

    [Refuses("unknown-alert-delivery-state")]
    private static async Task<Results<Ok<IReadOnlyList<AlertDeliveryAnswer>>, ProblemHttpResult>> ListAsync(
        AlertOutbox outbox,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Only messages to this channel.")] Guid? channel = null,
        [Description("Only messages of this state.")] string? state = null,
        [Description("Only made before this time; the createdAt of the last message of the page before.")] DateTimeOffset? before = null,
        int? limit = null)
    {
        if (!ChoiceOf<AlertDeliveryState>.TryRead("state", state, out var wanted, out var problem))
        {
            return Problems.Invalid("unknown-alert-delivery-state", problem);
        }

        var rows = await outbox.ListAsync(new AlertDeliveryQuestion(channel, wanted, before?.ToUniversalTime()), options.Value.Take(limit), cancellationToken);
        IReadOnlyList<AlertDeliveryAnswer> answers = [.. rows.Select(row => AlertDeliveryAnswer.Of(row))];
        return TypedResults.Ok(answers);
    }

    [Refuses("alert-delivery-not-found")]
    private static async Task<Results<Ok<AlertDeliveryAnswer>, ProblemHttpResult>> GetAsync(Guid id, AlertOutbox outbox, CancellationToken cancellationToken) =>
        await outbox.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(Whole(found)) : NoDelivery(id);

    [Refuses("alert-delivery-not-found", "alert-delivery-not-retryable")]
    private static async Task<Results<Accepted<AlertDeliveryAnswer>, ProblemHttpResult>> RetryAsync(Guid id, AlertOutbox outbox, CancellationToken cancellationToken)
    {
        var again = await outbox.RetryAsync(id, cancellationToken);
        return (await outbox.FindAsync(id, cancellationToken), again) switch
        {
            (null, _) => NoDelivery(id),
            ({ } delivery, true) => TypedResults.Accepted($"/api/v1/alert-deliveries/{id}", Whole(delivery)),
            ({ } delivery, false) => Problems.Conflict(
                "alert-delivery-not-retryable", $"Only a message that was given up, to a channel that still exists, can be tried again; this one is {delivery.State.ToString().ToLowerInvariant()}."),
        };
    }

    private static AlertDeliveryAnswer Whole(AlertDeliveryRow delivery) => AlertDeliveryAnswer.Of(
        delivery,
        JsonSerializer.Deserialize<AlertMessage>(delivery.Message, JsonSerializerOptions.Web),
        [.. delivery.Tries.Select(attempt => new AlertTryAnswer(attempt.Number, attempt.At, attempt.TookSeconds, attempt.Error))]);

    private static ProblemHttpResult NoDelivery(Guid id) => Problems.NotFound("alert-delivery-not-found", $"There is no message {id}; GET /api/v1/alert-deliveries lists them.");
}
