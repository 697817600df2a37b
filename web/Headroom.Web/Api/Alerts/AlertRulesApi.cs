using System.ComponentModel;
using System.Security.Claims;
using Headroom.Jobs.Alerts;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Alerts;
using Headroom.Storage.Requests;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Alerts;

/// <summary>The rules, and what one would have done in the past.</summary>
internal static class AlertRulesApi
{
    private const string OneRule = "/api/v1/alert-rules/{id}";

    public static void MapAlertRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alert-rules", ListAsync).WithName("ListAlertRules").WithSummary("Every rule by name.");
        api.MapGet("/alert-rules/{id:guid}", GetAsync).WithName("GetAlertRule").WithSummary("One rule.");
        api.MapPost("/alert-rules", AddAsync).WithName("AddAlertRule").WithSummary("Keeps a new rule; it is evaluated from then on.");
        api.MapPut("/alert-rules/{id:guid}", ReplaceAsync).WithName("ReplaceAlertRule").WithSummary("Replaces a rule; its open alerts go on unless it looks at something else now.");
        api.MapDelete("/alert-rules/{id:guid}", DeleteAsync).WithName("DeleteAlertRule").WithSummary("Deletes a rule; its alerts end and stay in the history.");
        api.MapPost("/alert-rules/preview", PreviewAsync).AsQuestion().WithName("PreviewAlertRule").WithSummary("How often a rule would have fired in the past, and when; nothing is kept.");
    }

    private static async Task<Ok<Page<AlertRuleAnswer>>> ListAsync(AlertRules rules, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await rules.ListAsync(cancellationToken)).Select(AlertRuleAnswer.Of)], after, limit));

    [Versioned(OfDecisions = true), Refuses("alert-rule-not-found")]
    private static async Task<Results<Ok<AlertRuleAnswer>, ProblemHttpResult>> GetAsync(Guid id, HttpResponse http, AlertRules rules, EntityTag tags, CancellationToken cancellationToken)
    {
        if (await rules.FindAsync(id, cancellationToken) is not { } found)
        {
            return NoRule(id);
        }

        var answer = AlertRuleAnswer.Of(found);
        tags.Mark(http, answer.Decided());
        return TypedResults.Ok(answer);
    }

    [Idempotent, Refuses("invalid-alert-rule")]
    private static async Task<Results<Created<AlertRuleAnswer>, ProblemHttpResult>> AddAsync(
        AlertRuleBody body, ClaimsPrincipal person, AlertRules rules, AlertDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (rule, problem) = body.ToRow(Guid.CreateVersion7(now), person.Who(), now);
        problem ??= await desk.AddAsync(rule!, cancellationToken);
        return problem is null ? TypedResults.Created($"/api/v1/alert-rules/{rule!.RuleId}", AlertRuleAnswer.Of(rule)) : Invalid(problem);
    }

    [IfMatch(OneRule), Refuses("invalid-alert-rule", "alert-rule-not-found")]
    private static async Task<Results<Ok<AlertRuleAnswer>, ProblemHttpResult>> ReplaceAsync(
        Guid id, AlertRuleBody body, HttpRequest http, ClaimsPrincipal person, AlertRules rules, AlertDesk desk, EntityTag tags, ChangeLock changes, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var change = await changes.TakeAsync($"alert rule {id}", cancellationToken);
        if (await rules.FindAsync(id, cancellationToken) is not { } present)
        {
            return NoRule(id);
        }

        if (!tags.Permits(http, AlertRuleAnswer.Of(present).Decided()))
        {
            return Changed(id);
        }

        var (rule, problem) = body.ToRow(id, person.Who(), clock.GetUtcNow());
        problem ??= await desk.ReplaceAsync(rule!, cancellationToken);
        return problem is null ? TypedResults.Ok(AlertRuleAnswer.Of(rule!)) : Invalid(problem);
    }

    [IfMatch(OneRule), Refuses("alert-rule-not-found")]
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, HttpRequest http, AlertRules rules, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken)
    {
        await using var change = await changes.TakeAsync($"alert rule {id}", cancellationToken);
        if (await rules.FindAsync(id, cancellationToken) is { } present && !tags.Permits(http, AlertRuleAnswer.Of(present).Decided()))
        {
            return Changed(id);
        }

        return await rules.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : NoRule(id);
    }

    [Refuses("invalid-preview", "invalid-alert-rule")]
    private static async Task<Results<Ok<AlertPreviewAnswer>, ProblemHttpResult>> PreviewAsync(
        AlertRuleBody body,
        AlertSignals signals,
        AlertPreview preview,
        IOptions<AlertOptions> options,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("How much past, in days.")] int? days = null)
    {
        var past = days ?? options.Value.PreviewDays;
        if (past is < 1 or > AlertOptions.MostPreviewDays)
        {
            return Problems.Invalid("invalid-preview", $"days: expected 1 to {AlertOptions.MostPreviewDays}, got {past}.");
        }

        var (rule, problem) = body.ToRow(Guid.Empty, "preview", clock.GetUtcNow());
        problem ??= AlertRuleCheck.Problem(rule!, signals);
        return problem is null ? TypedResults.Ok(await preview.RunAsync(rule!, past, cancellationToken)) : Invalid(problem);
    }

    private static ProblemHttpResult Invalid(string problem) => Problems.Invalid("invalid-alert-rule", $"{problem}.");

    private static ProblemHttpResult Changed(Guid id) => Problems.Changed($"The rule is not as If-Match says; read it again with GET /api/v1/alert-rules/{id}.");

    private static ProblemHttpResult NoRule(Guid id) => Problems.NotFound("alert-rule-not-found", $"There is no rule {id}; GET /api/v1/alert-rules lists them.");
}
