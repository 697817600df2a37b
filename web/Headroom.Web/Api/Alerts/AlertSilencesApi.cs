using System.Security.Claims;
using Headroom.Jobs.Alerts;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Alerts;

/// <summary>A silence as somebody sends it.</summary>
/// <param name="RuleId">Only alerts of this rule. Default all.</param>
/// <param name="Hosts">Only alerts of these hosts, * for any text. Default all.</param>
/// <param name="Subjects">Only alerts about these subjects, * for any text. Default all.</param>
/// <param name="StartsAt">Default now.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record AlertSilenceBody(DateTimeOffset? EndsAt, string? Reason, Guid? RuleId = null, string? Hosts = null, string? Subjects = null, DateTimeOffset? StartsAt = null)
{
    public AlertSilenceRow ToRow(string by, DateTimeOffset now) => new()
    {
        SilenceId = Guid.CreateVersion7(now),
        RuleId = RuleId,
        Hosts = string.IsNullOrWhiteSpace(Hosts) ? null : Hosts.Trim(),
        Subjects = string.IsNullOrWhiteSpace(Subjects) ? null : Subjects.Trim(),
        StartsAt = (StartsAt ?? now).ToUniversalTime(),
        EndsAt = (EndsAt ?? DateTimeOffset.MinValue).ToUniversalTime(),
        Reason = Reason?.Trim() ?? "",
        CreatedBy = by,
        CreatedAt = now,
    };
}

/// <summary>Times in which alerts are recorded and nobody is told.</summary>
internal static class AlertSilencesApi
{
    public static void MapAlertSilences(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alert-silences", ListAsync).WithName("ListAlertSilences").WithSummary("Silences, those that end last first.");
        api.MapPost("/alert-silences", AddAsync).WithName("AddAlertSilence").WithSummary("Lets nobody be told of some alerts for a while; they are recorded all the same.");
        api.MapDelete("/alert-silences/{id:guid}", EndAsync).WithName("EndAlertSilence").WithSummary("Ends a silence now; what still fires is told then.");
    }

    private static async Task<Ok<Page<AlertSilenceAnswer>>> ListAsync(
        AlertSilences silences, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await silences.ListAsync(options.Value.MaxPageSize, cancellationToken)).Select(AlertSilenceAnswer.Of)], after, limit));

    [Idempotent, Refuses("invalid-alert-silence")]
    private static async Task<Results<Created<AlertSilenceAnswer>, ProblemHttpResult>> AddAsync(
        AlertSilenceBody body, ClaimsPrincipal person, AlertDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var silence = body.ToRow(person.Who(), clock.GetUtcNow());
        return await desk.SilenceAsync(silence, cancellationToken) is { } problem
            ? Problems.Invalid("invalid-alert-silence", $"{problem}.")
            : TypedResults.Created($"/api/v1/alert-silences/{silence.SilenceId}", AlertSilenceAnswer.Of(silence));
    }

    [Refuses("alert-silence-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(Guid id, AlertSilences silences, CancellationToken cancellationToken) =>
        await silences.EndAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("alert-silence-not-found", $"There is no silence {id} that has not ended; GET /api/v1/alert-silences lists them.");
}
