using System.Security.Claims;
using Headroom.Jobs.Alerts;
using Headroom.Jobs.Alerts.Delivery;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Alerts;

/// <summary>A channel as somebody sends it.</summary>
/// <param name="Kind"><c>webhook</c>, <c>email</c> or <c>slack</c>.</param>
/// <param name="Target">Address of a webhook, or receivers of mail.</param>
/// <param name="Secret">Key of the signature, or address of a Slack hook. Left out when a channel is replaced, the old one stays; empty removes it.</param>
/// <param name="IsEnabled">Default true.</param>
internal sealed record AlertChannelBody(string? Name, string? Kind, string? Target = null, string? Secret = null, bool? IsEnabled = null)
{
    public AlertChannelRow ToRow(Guid id, string? oldSecret, string by, DateTimeOffset now) => new()
    {
        ChannelId = id,
        Name = Name?.Trim() ?? "",
        Kind = Kind ?? "",
        IsEnabled = IsEnabled ?? true,
        Target = Target?.Trim() ?? "",
        Secret = Secret switch { null => oldSecret, "" => null, _ => Secret.Trim() },
        ChangedAt = now,
        ChangedBy = by,
    };
}

/// <summary>Where people are told.</summary>
internal static class AlertChannelsApi
{
    public static void MapAlertChannels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alert-channels", ListAsync).WithName("ListAlertChannels").WithSummary("Every channel by name, without secrets.");
        api.MapPost("/alert-channels", AddAsync).RequireAuthorization(Policies.Administrator).WithName("AddAlertChannel").WithSummary("Keeps a new channel. Its secret goes in here and never comes out.");
        api.MapPut("/alert-channels/{id:guid}", ReplaceAsync).RequireAuthorization(Policies.Administrator).WithName("ReplaceAlertChannel").WithSummary("Replaces a channel; without a secret in the body the old one stays.");
        api.MapDelete("/alert-channels/{id:guid}", DeleteAsync).RequireAuthorization(Policies.Administrator).WithName("DeleteAlertChannel").WithSummary("Deletes a channel; what waits for it is given up, its log stays.");
        api.MapPost("/alert-channels/{id:guid}/test", TestAsync).RequireAuthorization(Policies.Administrator).WithName("TestAlertChannel").WithSummary("Sends a message that says it is a test, and says how that went.");
    }

    private static async Task<Ok<Page<AlertChannelAnswer>>> ListAsync(
        AlertChannels channels, AlertChannelKinds kinds, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await channels.ListAsync(cancellationToken)).Select(channel => AlertChannelAnswer.Of(channel, kinds))], after, limit));

    [Idempotent, Refuses("invalid-alert-channel")]
    private static async Task<Results<Created<AlertChannelAnswer>, ProblemHttpResult>> AddAsync(
        AlertChannelBody body, ClaimsPrincipal person, AlertDesk desk, AlertChannelKinds kinds, TimeProvider clock, CancellationToken cancellationToken)
    {
        var channel = body.ToRow(Guid.CreateVersion7(clock.GetUtcNow()), null, person.Who(), clock.GetUtcNow());
        return await desk.AddAsync(channel, cancellationToken) is { } problem ? Invalid(problem) : TypedResults.Created($"/api/v1/alert-channels/{channel.ChannelId}", AlertChannelAnswer.Of(channel, kinds));
    }

    [Refuses("invalid-alert-channel", "alert-channel-not-found")]
    private static async Task<Results<Ok<AlertChannelAnswer>, ProblemHttpResult>> ReplaceAsync(
        Guid id, AlertChannelBody body, ClaimsPrincipal person, AlertChannels channels, AlertDesk desk, AlertChannelKinds kinds, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await channels.FindAsync(id, cancellationToken) is not { } old)
        {
            return NoChannel(id);
        }

        var channel = body.ToRow(id, old.Secret, person.Who(), clock.GetUtcNow());
        return await desk.ReplaceAsync(channel, cancellationToken) is { } problem ? Invalid(problem) : TypedResults.Ok(AlertChannelAnswer.Of(channel, kinds));
    }

    [Refuses("alert-channel-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, AlertChannels channels, CancellationToken cancellationToken) =>
        await channels.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : NoChannel(id);

    [Refuses("alert-channel-not-found")]
    private static async Task<Results<Ok<AlertTestAnswer>, ProblemHttpResult>> TestAsync(Guid id, ClaimsPrincipal person, AlertChannels channels, AlertDispatch dispatch, CancellationToken cancellationToken)
    {
        if (await channels.FindAsync(id, cancellationToken) is not { } channel)
        {
            return NoChannel(id);
        }

        var error = await dispatch.TestAsync(channel, person.Who(), cancellationToken);
        return TypedResults.Ok(new AlertTestAnswer(error is null, error));
    }

    private static ProblemHttpResult Invalid(string problem) => Problems.Invalid("invalid-alert-channel", $"{problem}.");

    private static ProblemHttpResult NoChannel(Guid id) => Problems.NotFound("alert-channel-not-found", $"There is no channel {id}; GET /api/v1/alert-channels lists them.");
}
