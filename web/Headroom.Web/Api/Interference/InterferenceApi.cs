using System.ComponentModel;
using Headroom.Interference.Serving;
using Headroom.Jobs.Interference;
using Headroom.Web.Access;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Headroom.Web.Features.Interference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Interference;

/// <summary>What neighbours cost workloads: a window sent by the caller, live workloads now and over time, what-if.</summary>
internal static class InterferenceApi
{
    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(1);

    public static void MapInterferenceApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Interference");
        api.MapPost("/predictions/interference", PredictAsync).AsQuestion().WithName("PredictInterference")
            .WithSummary("Predicted performance of one workload beside its neighbours, from a window of metrics sent here.");
        api.MapGet("/interference", ListAsync).WithName("ListInterference").WithSummary("Every busy workload with its newest prediction, the most degraded first.");
        api.MapGet("/interference/model", Model).WithName("GetInterferenceModel").WithSummary("The model that answers: what it looks at, what it was trained on and how well it did.");
        api.MapGet("/workloads/{id:int}/interference", HistoryAsync).WithName("GetWorkloadInterference").WithSummary("One workload's predictions now and over a time (default: the last hour).");
        api.MapGet("/workloads/{id:int}/interference/what-if", WhatIfAsync).WithName("AskNeighbourWhatIf").WithSummary("What a workload would reach if neighbours moved away.");
        api.MapGpuPairsApi();
        api.MapInterferenceLabelsApi();
    }

    [Refuses("invalid-interference-window", "inference-lane-full", "interference-model-unusable")]
    private static async Task<Results<Ok<InterferenceAnswer>, ProblemHttpResult>> PredictAsync(
        WindowRequest request, InterferenceModel model, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var window = request.Read(clock.GetUtcNow());
            var answer = await model.Current.AskAsync(window, window.Workloads[WindowRequest.TargetId], request.Reasons, patient: false, cancellationToken);
            return TypedResults.Ok(InterferenceAnswer.Of(answer!.Prediction, answer.Neighbours, window.EndsAt));
        }
        catch (ArgumentException wrong)
        {
            return Problems.Invalid("invalid-interference-window", wrong.Message);
        }
        catch (InferenceLaneFullException busy)
        {
            return Busy(busy);
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException)
        {
            return Unusable(unusable);
        }
    }

    private static async Task<Ok<Page<WorkloadInterference>>> ListAsync(
        InterferenceReader reader, IOptions<ApiOptions> options, CancellationToken cancellationToken, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. (await reader.LatestAsync(cancellationToken)).Select(WorkloadInterference.Of)], after, limit));

    [Versioned, Refuses("interference-model-unusable")]
    private static Results<Ok<InterferenceModelAnswer>, ProblemHttpResult> Model(InterferenceModel model)
    {
        try
        {
            return TypedResults.Ok(InterferenceModelAnswer.Of(model.Current.Lane.Predictor.Card, model.Current.Lane.Predictor.Schema));
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException)
        {
            return Unusable(unusable);
        }
    }

    [Refuses("invalid-range", "workload-not-found")]
    private static async Task<Results<Ok<WorkloadInterferenceHistory>, ProblemHttpResult>> HistoryAsync(
        int id,
        InterferenceReader reader,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("Unix milliseconds, inclusive; an hour before the end when left out.")] long? from = null,
        [Description("Unix milliseconds, exclusive; now when left out.")] long? to = null)
    {
        // A window that ends this very moment belongs to the answer.
        var until = to ?? (clock.GetUtcNow() + TimeSpan.FromSeconds(1)).ToUnixTimeMilliseconds();
        if (!Instants.TryRange(from ?? until - (long)DefaultRange.TotalMilliseconds, until, out var start, out var end, out var problem))
        {
            return problem;
        }

        if (await reader.FindAsync(id, cancellationToken) is not { } workload)
        {
            return NoWorkload(id);
        }

        var history = await reader.HistoryAsync(workload.HostId, id, start, end, cancellationToken);
        return TypedResults.Ok(new WorkloadInterferenceHistory(
            id, workload.Name, workload.HostId, start, end, history is null ? null : InterferenceAnswer.Of(history.Now),
            [.. (history?.Series ?? []).Select(row => new InterferencePoint(row.At, row.Value, row.Lower, row.Upper, row.OutsideTraining.Length > 0))]));
    }

    [Refuses("what-if", "workload-not-found", "no-present-prediction", "inference-lane-full")]
    private static async Task<Results<Ok<InterferenceWhatIfAnswer>, ProblemHttpResult>> WhatIfAsync(
        int id, [FromQuery, Description("Id of a neighbour that moves away; repeat for more.")] int[] without, InterferenceReader reader, NeighbourWhatIf whatIf, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (without.Length == 0)
        {
            return Problems.Invalid("what-if", "without: expected the id of at least one neighbour that moves away, as ?without=12, got none.");
        }

        if (await reader.FindAsync(id, cancellationToken) is not { } workload)
        {
            return NoWorkload(id);
        }

        var now = clock.GetUtcNow();
        if (await reader.HistoryAsync(workload.HostId, id, now - reader.Fresh, now + TimeSpan.FromSeconds(1), cancellationToken) is not { Now: var line })
        {
            return Problems.Conflict("no-present-prediction", $"'{workload.Name}' has no prediction of the last {reader.Fresh.TotalSeconds:0} s: it is idle, or its agent is silent.");
        }

        if (without.FirstOrDefault(gone => line.Neighbours.All(neighbour => neighbour.Id != gone)) is not 0 and var stranger)
        {
            return Problems.Invalid("what-if", $"without: expected busy neighbours of '{workload.Name}' ({string.Join(", ", line.Neighbours.Select(neighbour => $"{neighbour.Id} {neighbour.Name}"))}), got {stranger}.");
        }

        try
        {
            return await whatIf.AskAsync(line.Prediction, without.ToHashSet(), cancellationToken) is { } prediction
                ? TypedResults.Ok(new InterferenceWhatIfAnswer(id, workload.Name, without, InterferenceAnswer.Of(line), InterferenceAnswer.Of(prediction, [], line.Prediction.At)))
                : Problems.Conflict("no-present-prediction", $"The frames of the last window of '{workload.Name}' are no longer there.");
        }
        catch (InferenceLaneFullException busy)
        {
            return Busy(busy);
        }
    }

    internal static ProblemHttpResult Busy(InferenceLaneFullException busy) => Problems.Unavailable("inference-lane-full", busy.Message);

    private static ProblemHttpResult Unusable(Exception unusable) => Problems.Unavailable("interference-model-unusable", $"The interference model cannot be used: {unusable.Message}");

    private static ProblemHttpResult NoWorkload(int id) => Problems.NotFound("workload-not-found", $"There is no workload {id}; GET /api/v1/hosts/HOST/entities?kind=Workload lists those of a host.");
}
