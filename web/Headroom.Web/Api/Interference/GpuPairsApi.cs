using Headroom.Interference.Serving;
using Headroom.Jobs.Interference;
using Headroom.Web.Access;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Interference;

/// <summary>Two workloads, each by what it does alone on the GPU: names of metrics as GET /api/v1/predictions/gpu-pairs/model lists them.</summary>
/// <param name="Context">Features of the GPU, where the model wants any.</param>
/// <param name="LeastSpeed">Least speed that either has to keep, as a share of its speed alone (default 0.8).</param>
internal sealed record GpuPairRequest(
    IReadOnlyDictionary<string, double?>? First, IReadOnlyDictionary<string, double?>? Second, IReadOnlyDictionary<string, double?>? Context = null, double LeastSpeed = 0.8);

/// <summary>May they share?</summary>
/// <param name="Verdict">Share, Uncertain or KeepApart, for the least speed that was asked for.</param>
/// <param name="Together">Sum of both speeds: above 1 the GPU does more than with one after the other.</param>
/// <param name="First">Speed of the first beside the second, as a share of its speed alone.</param>
internal sealed record GpuPairApiAnswer(string Verdict, double LeastSpeed, double Together, InterferenceAnswer First, InterferenceAnswer Second);

/// <summary>May these two workloads share a GPU?</summary>
internal static class GpuPairsApi
{
    public static void MapGpuPairsApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/predictions/gpu-pairs", PredictAsync).AsQuestion().WithName("PredictGpuPair").WithSummary("From two workloads' telemetry alone on a GPU to both speeds beside each other.");
        api.MapGet("/predictions/gpu-pairs/model", Model).WithName("GetGpuPairModel").WithSummary("The model of GPU pairs trained here: what it wants to know of each workload.");
    }

    [Refuses("invalid-gpu-pair", "gpu-pairs-not-trained", "gpu-pairs-model-unusable", "inference-lane-full")]
    private static async Task<Results<Ok<GpuPairApiAnswer>, ProblemHttpResult>> PredictAsync(GpuPairRequest request, GpuPairModel model, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.LeastSpeed is not (> 0 and <= 1))
        {
            return Problems.Invalid("invalid-gpu-pair", $"leastSpeed: expected a share above 0 and up to 1, got {request.LeastSpeed}.");
        }

        if (request.First is not { } first || request.Second is not { } second)
        {
            return Problems.Invalid("invalid-gpu-pair", "first, second: expected the metrics of both workloads alone, by name, got none.");
        }

        try
        {
            if (model.Current is not { } pairs)
            {
                return Untrained(model);
            }

            var answer = await pairs.AskAsync(first, second, request.Context ?? new Dictionary<string, double?>(), cancellationToken);
            var now = clock.GetUtcNow();
            return TypedResults.Ok(new GpuPairApiAnswer(
                answer.Verdict(request.LeastSpeed).ToString(), request.LeastSpeed, answer.Together, InterferenceAnswer.Of(answer.First, [], now), InterferenceAnswer.Of(answer.Second, [], now)));
        }
        catch (ArgumentException wrong)
        {
            return Problems.Invalid("invalid-gpu-pair", wrong.Message);
        }
        catch (InferenceLaneFullException busy)
        {
            return InterferenceApi.Busy(busy);
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException)
        {
            return Problems.Unavailable("gpu-pairs-model-unusable", $"{model.Path} cannot be used: {unusable.Message}");
        }
    }

    [Versioned, Refuses("gpu-pairs-not-trained", "gpu-pairs-model-unusable")]
    private static Results<Ok<InterferenceModelAnswer>, ProblemHttpResult> Model(GpuPairModel model)
    {
        try
        {
            return model.Current is { } pairs ? TypedResults.Ok(InterferenceModelAnswer.Of(pairs.Lane.Predictor.Card, pairs.Lane.Predictor.Schema)) : Untrained(model);
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException)
        {
            return Problems.Unavailable("gpu-pairs-model-unusable", $"{model.Path} cannot be used: {unusable.Message}");
        }
    }

    private static ProblemHttpResult Untrained(GpuPairModel model) => Problems.Unavailable(
        "gpu-pairs-not-trained",
        $"There is no model of GPU pairs here: the public pair sets may not be passed on, so it is trained where it is used. Run './headroom train gpu-pairs --data DIR' "
        + $"with a folder in the layout of interference-gpu-pairs-lucid or -gavel (see datasets/README.md); it writes {model.Path}, which is read without a restart.");
}
