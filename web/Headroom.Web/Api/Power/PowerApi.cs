using System.ComponentModel;
using System.Security.Claims;
using Headroom.Jobs.Power;
using Headroom.Jobs.Work;
using Headroom.Oversubscription.Power.Rows;
using Headroom.Storage.Work;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Power;

/// <summary>Power oversubscription over HTTP.</summary>
internal static class PowerApi
{
    public static void MapPowerApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/power").WithTags("Power");
        api.MapPost("/simulations", SimulateAsync).WithName("SimulateRow").WithSummary("Simulates a row of inference servers under every power policy; answers with the job to follow.");
        api.MapGet("/simulations", ListAsync).WithName("ListRowSimulations").WithSummary("Simulations of rows, the newest first.");
        api.MapGet("/live", Live).WithName("WatchPower").WithSummary("The fleet's power now, and what the policy decided. A dry run unless Headroom:Power:WriteLimits allows limits on the server's own machine.");
    }

    [Idempotent, Refuses("invalid-power-simulation")]
    private static async Task<Results<Accepted<JobAccepted>, ProblemHttpResult>> SimulateAsync(PowerSimulationRequest request, ClaimsPrincipal person, WorkQueue queue, CancellationToken cancellationToken) =>
        request.Problems() is { Count: > 0 } problems
            ? Problems.Invalid("invalid-power-simulation", $"{string.Join("; ", problems)}.")
            : JobsApi.Accepted(await queue.EnqueueAsync(PowerSimulationKind.Name, request, person.Who(), cancellationToken));

    [Refuses("power-not-read-yet")]
    private static Results<Ok<RowWatchState>, ProblemHttpResult> Live(RowWatch watch) =>
        watch.Latest is { } state ? TypedResults.Ok(state) : Problems.Conflict("power-not-read-yet", "The fleet's power has not been read yet; the first reading comes a few seconds after the server starts.");

    private static Task<Ok<IReadOnlyList<JobAnswer>>> ListAsync(
        WorkStore store,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Only those asked for before this time; the createdAt of the last one that came.")] DateTimeOffset? before = null,
        int? limit = null) =>
        JobsApi.OfKindAsync(PowerSimulationKind.Name, store, options.Value, before, limit, cancellationToken);
}
