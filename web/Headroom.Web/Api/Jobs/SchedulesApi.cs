using System.Security.Claims;
using Headroom.Jobs.Scheduling;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Jobs;

/// <summary>When background jobs run.</summary>
/// <param name="Cron">Five fields, UTC; null switches the job off.</param>
internal sealed record ScheduleBody(string? Cron);

/// <summary>Jobs that run again and again: when, how the last run ended, changing that, running one now.</summary>
internal static class SchedulesApi
{
    public static void MapSchedulesApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/schedules").WithTags("Jobs");
        api.MapGet("/", async (ScheduleBoard board, CancellationToken cancellationToken) => TypedResults.Ok(await board.ListAsync(cancellationToken)))
            .WithName("ListSchedules").WithSummary("Jobs that run again and again, and when.");
        api.MapPut("/{job}", ChangeAsync).RequireAuthorization(Policies.Administrator).WithName("ChangeSchedule").WithSummary("Changes when a job runs; without a cron it is switched off.");
        api.MapPost("/{job}/run", RunAsync).RequireAuthorization(Policies.Administrator).WithName("RunScheduledJob").WithSummary("Runs a job once, now.");
    }

    private static async Task<Results<Ok<ScheduleLine>, ProblemHttpResult>> ChangeAsync(string job, ScheduleBody body, ClaimsPrincipal person, ScheduleBoard board, CancellationToken cancellationToken)
    {
        try
        {
            await board.ChangeAsync(job, body.Cron, person.Identity?.Name ?? "api", cancellationToken);
            return TypedResults.Ok((await board.ListAsync(cancellationToken)).Single(line => line.Job == job));
        }
        catch (ArgumentException wrong)
        {
            return Problems.Invalid("invalid-schedule", wrong.Message);
        }
    }

    private static Results<Accepted, ProblemHttpResult> RunAsync(string job, ScheduleBoard board)
    {
        try
        {
            board.RunNow(job);
            return TypedResults.Accepted("/api/v1/schedules");
        }
        catch (ArgumentException wrong)
        {
            return Problems.Invalid("invalid-schedule", wrong.Message);
        }
    }
}
