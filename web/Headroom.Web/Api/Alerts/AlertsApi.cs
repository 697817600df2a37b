using System.ComponentModel;
using System.Security.Claims;
using Headroom.Jobs.Alerts;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Web.Access;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Alerts;

/// <summary>What fires and what fired; and everything around it.</summary>
internal static class AlertsApi
{
    public static void MapAlertsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Alerts");
        api.MapGet("/alerts", ListAsync).WithName("ListAlerts").WithSummary("Alerts that fire and that ended, or those of one state, the newest first.");
        api.MapGet("/alerts/{id:guid}", GetAsync).WithName("GetAlert").WithSummary("One alert.");
        api.MapPost("/alerts/{id:guid}/resolve", ResolveAsync).WithName("ResolveAlert").WithSummary("Ends a firing alert by hand; it begins anew when its signal still passes the threshold for long enough.");
        api.MapGet("/alert-signals", Signals).WithName("ListAlertSignals").WithSummary("What rules can be held against, with units.");
        api.MapAlertRules();
        api.MapAlertSilences();
        api.MapAlertChannels();
        api.MapAlertDeliveries();
    }

    [Refuses("unknown-alert-state")]
    private static async Task<Results<Ok<IReadOnlyList<AlertAnswer>>, ProblemHttpResult>> ListAsync(
        AlertBook book,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Pending, Firing or Resolved; without it those that fire and those that ended.")] string? state = null,
        [Description("Only alerts of this rule, by its id.")] Guid? rule = null,
        [Description("Name of a host.")] string? host = null,
        [Description("Only begun before this time; the pendingAt of the last alert of the page before.")] DateTimeOffset? before = null,
        int? limit = null)
    {
        if (!ChoiceOf<AlertState>.TryRead("state", state, out var wanted, out var problem))
        {
            return Problems.Invalid("unknown-alert-state", problem);
        }

        var rows = await book.ListAsync(new AlertQuestion(wanted, rule, host, before?.ToUniversalTime()), options.Value.Take(limit), cancellationToken);
        IReadOnlyList<AlertAnswer> answers = [.. rows.Select(AlertAnswer.Of)];
        return TypedResults.Ok(answers);
    }

    [Refuses("alert-not-found")]
    private static async Task<Results<Ok<AlertAnswer>, ProblemHttpResult>> GetAsync(Guid id, AlertBook book, CancellationToken cancellationToken) =>
        await book.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(AlertAnswer.Of(found)) : NoAlert(id);

    [Refuses("invalid-reason", "alert-not-found", "alert-not-firing")]
    private static async Task<Results<Ok<AlertAnswer>, ProblemHttpResult>> ResolveAsync(Guid id, AlertEndBody body, ClaimsPrincipal person, AlertBook book, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > AlertDesk.ReasonLength)
        {
            return Problems.Invalid("invalid-reason", $"reason: expected 1 to {AlertDesk.ReasonLength} characters, got {body.Reason?.Length ?? 0}.");
        }

        var ended = await book.EndAsync(id, $"{person.Who()}: {body.Reason.Trim()}", cancellationToken);
        return (await book.FindAsync(id, cancellationToken), ended) switch
        {
            (null, _) => NoAlert(id),
            ({ } alert, true) => TypedResults.Ok(AlertAnswer.Of(alert)),
            ({ } alert, false) => Problems.Conflict("alert-not-firing", $"Only an alert that fires can be ended; this one is {alert.State.ToString().ToLowerInvariant()}."),
        };
    }

    [Versioned]
    private static Ok<Page<AlertSignalAnswer>> Signals(AlertSignals signals, IOptions<ApiOptions> options, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. signals.All.Select(AlertSignalAnswer.Of)], after, limit));

    private static ProblemHttpResult NoAlert(Guid id) => Problems.NotFound("alert-not-found", $"There is no alert {id}; GET /api/v1/alerts lists them.");
}
