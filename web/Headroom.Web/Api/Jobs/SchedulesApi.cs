using System.Security.Claims;
using Headroom.Jobs.Scheduling;
using Headroom.Storage.Requests;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Jobs;

/// <summary>When background jobs run.</summary>
/// <param name="Cron">Five fields, UTC; null switches the job off.</param>
internal sealed record ScheduleBody(string? Cron);

/// <summary>A schedule as somebody set it: what If-Match is about, so without when it last and next runs.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Cron">Five fields, UTC; null when it is switched off.</param>
/// <param name="Default">What the program says.</param>
/// <param name="ChangedBy">Who changed it; null when it runs as the program says.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record ScheduleAnswer(string Job, string? Cron, string Default, string? ChangedBy, DateTimeOffset? ChangedAt)
{
    public static ScheduleAnswer Of(SetSchedule set) => new(set.Job, set.Cron, set.Default, set.ChangedBy, set.ChangedAt);
}

/// <summary>Jobs that run again and again: when, how the last run ended, changing that, running one now.</summary>
internal static class SchedulesApi
{
    public static void MapSchedulesApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/schedules").WithTags("Jobs");
        api.MapGet("/", ListAsync).WithName("ListSchedules").WithSummary("Jobs that run again and again, and when.");
        api.MapGet("/{job}", GetAsync).WithName("GetSchedule").WithSummary("When a job runs, and who changed that.");
        api.MapPut("/{job}", ChangeAsync).RequireAuthorization(Policies.Administrator).WithName("ChangeSchedule").WithSummary("Changes when a job runs; without a cron it is switched off.");
        api.MapPost("/{job}/run", Run).RequireAuthorization(Policies.Administrator).WithName("RunScheduledJob").WithSummary("Runs a job once, now.");
    }

    private static async Task<Ok<Page<ScheduleLine>>> ListAsync(ScheduleBoard board, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part(await board.ListAsync(cancellationToken), after, limit));

    [Versioned, Refuses("schedule-not-found")]
    private static async Task<Results<Ok<ScheduleAnswer>, ProblemHttpResult>> GetAsync(string job, ScheduleBoard board, CancellationToken cancellationToken) =>
        await board.FindAsync(job, cancellationToken) is { } line ? TypedResults.Ok(ScheduleAnswer.Of(line)) : NoSchedule(job);

    [IfMatch("/api/v1/schedules/{job}"), Refuses("schedule-not-found", "invalid-schedule")]
    private static async Task<Results<Ok<ScheduleAnswer>, ProblemHttpResult>> ChangeAsync(
        string job, ScheduleBody body, HttpRequest http, ClaimsPrincipal person, ScheduleBoard board, EntityTag tags, ChangeLock changes, CancellationToken cancellationToken)
    {
        await using var change = await changes.TakeAsync($"schedule {job}", cancellationToken);
        if (await board.FindAsync(job, cancellationToken) is not { } present)
        {
            return NoSchedule(job);
        }

        if (!tags.Permits(http, ScheduleAnswer.Of(present)))
        {
            return Problems.Changed($"The schedule of '{job}' is not as If-Match says; read it again with GET /api/v1/schedules/{job}.");
        }

        try
        {
            await board.ChangeAsync(job, body.Cron, person.Identity?.Name ?? "api", cancellationToken);
            return TypedResults.Ok(ScheduleAnswer.Of((await board.FindAsync(job, cancellationToken))!));
        }
        catch (ArgumentException wrong)
        {
            return Problems.Invalid("invalid-schedule", wrong.Message);
        }
    }

    [Idempotent, Refuses("schedule-not-found")]
    private static Results<Accepted, ProblemHttpResult> Run(string job, ScheduleBoard board)
    {
        if (!ScheduleBoard.Has(job))
        {
            return NoSchedule(job);
        }

        board.RunNow(job);
        return TypedResults.Accepted($"/api/v1/schedules/{job}");
    }

    private static ProblemHttpResult NoSchedule(string job) => Problems.NotFound("schedule-not-found", $"There is no scheduled job '{job}'; GET /api/v1/schedules lists them.");
}
