using System.ComponentModel;
using System.Security.Claims;
using Headroom.Jobs.Backtests;
using Headroom.Jobs.Work;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;
using Headroom.Storage.Work;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Jobs;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Backtests;

/// <summary>Replays of traces: what can be replayed, asking for one, and those that were asked for.</summary>
internal static class BacktestsApi
{
    public static void MapBacktestsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/backtests").WithTags("Capacity");
        api.MapGet("/", ListAsync).WithName("ListBacktests").WithSummary("Backtests that were asked for, the newest first; follow one under /api/v1/jobs/{id}.");
        api.MapGet("/choices", Choices).WithName("GetBacktestChoices").WithSummary("Traces and predictors that can be asked for.");
        api.MapPost("/", AskAsync).WithName("StartBacktest").WithSummary("Replays a trace with every predictor, or some; the answer is the job's result.");
    }

    private static Task<Ok<IReadOnlyList<JobAnswer>>> ListAsync(
        WorkStore store,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Only those asked for before this time; the createdAt of the last one that came.")] DateTimeOffset? before = null,
        int? limit = null) =>
        JobsApi.OfKindAsync(BacktestQuestion.Kind, store, options.Value, before, limit, cancellationToken);

    [Versioned]
    private static Ok<BacktestChoices> Choices() => TypedResults.Ok(new BacktestChoices(
        [.. NamedTraces.All.Select(named => new TraceChoice(named.Name, named.Title, named.Resources)), new(BacktestQuestion.Store, "The platform's own history", Enum.GetValues<Resource>())],
        [.. PeakPredictors.All.Select(predictor => new PredictorChoice(predictor.Name, predictor.Rule))]));

    [Idempotent, Refuses("backtest")]
    private static async Task<Results<Accepted<JobAccepted>, ProblemHttpResult>> AskAsync(BacktestQuestion question, ClaimsPrincipal person, WorkQueue queue, CancellationToken cancellationToken) =>
        question.Problem() is { } problem
            ? Problems.Invalid("backtest", problem)
            : JobsApi.Accepted(await queue.EnqueueAsync(BacktestQuestion.Kind, question, person.Who(), cancellationToken));
}

/// <summary>What can be asked for.</summary>
internal sealed record BacktestChoices(IReadOnlyList<TraceChoice> Traces, IReadOnlyList<PredictorChoice> Predictors);

/// <summary>A trace.</summary>
internal sealed record TraceChoice(string Name, string Title, IReadOnlyList<Resource> Resources);

/// <summary>A predictor.</summary>
internal sealed record PredictorChoice(string Name, string Rule);
