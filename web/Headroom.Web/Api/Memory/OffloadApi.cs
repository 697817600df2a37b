using System.Text.Json;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Offload;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Memory;

/// <summary>Peak host memory of SSD offload to work out.</summary>
/// <param name="Model">A config.json as an object, or the name of a model that comes with the product.</param>
/// <param name="Fixes">Which of MemAscend's fixes are on; all when left out.</param>
/// <param name="GradientBytes">Bytes per gradient element, 2 or 4.</param>
internal sealed record SsdPeakRequest(JsonElement Model, MemAscendFixes? Fixes = null, long ContextTokens = 16_384, int MicroBatch = 1, int Gpus = 1, int GradientBytes = 4);

/// <summary>A component before and after the fixes.</summary>
internal sealed record SsdComponent(string Name, double BaselineBytes, double FixedBytes, string BaselineFormula, string BaselineNumbers, string FixedFormula, string FixedNumbers, string Source);

/// <summary>Peak of ZeRO-Infinity and with fixes, by formulas.</summary>
internal sealed record SsdPeakAnswer(string Model, double BaselineBytes, double FixedBytes, double Cut, IReadOnlyList<SsdComponent> Components, string Note);

/// <summary>A cache to swap in chunks.</summary>
/// <param name="FixedSeconds">Cost of one transfer whatever its size.</param>
/// <param name="BytesPerSecond">The link.</param>
/// <param name="CacheBytesPerToken">Cache of one token.</param>
/// <param name="ChunkBytes">Chunk size for the break-even.</param>
/// <param name="PrefillLinear">a of the prefill time a n + b n^2, seconds per token.</param>
/// <param name="PrefillQuadratic">b, seconds per token squared.</param>
internal sealed record SwapRequest(double FixedSeconds, double BytesPerSecond, double CacheBytesPerToken, double ChunkBytes, double PrefillLinear, double PrefillQuadratic);

/// <summary>What arrives of the link by chunk size, and from how many tokens swapping beats computing again.</summary>
internal sealed record SwapAnswer(IReadOnlyList<SwapPoint> Chunks, double ChunkForNinetyPercentBytes, double? BreakEvenTokens);

/// <summary>One chunk size.</summary>
internal sealed record SwapPoint(double ChunkBytes, double BytesPerSecond, double ShareOfLink);

/// <summary>Layers to cut into stages.</summary>
internal sealed record PipelineRequest(IReadOnlyList<double> LayerSeconds, IReadOnlyList<double> LayerBytes, int Stages, double DeviceBytes, int MicroBatches = 1);

/// <summary>Where the cuts lie and what idles.</summary>
internal sealed record PipelineAnswer(PipelinePlan? Plan, double Bubble, double? StepSeconds, double IdealSpeedUp);

/// <summary>SSD offload, swapping and pipelines over HTTP.</summary>
internal static class OffloadApi
{
    private const int LargestLayers = 1_024;

    public static void MapOffloadApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/memory/ssd-peak", SsdPeak).AsQuestion().WithName("WorkOutSsdPeak").WithSummary("Peak host memory of SSD offload by component, with MemAscend's fixes switchable; formulas, not measurements.");
        api.MapPost("/memory/swap/plan", Swap).AsQuestion().WithName("PlanSwap").WithSummary("What a link carries by chunk size, and from how many tokens swapping beats computing again.");
        api.MapPost("/training/pipeline-plan", Pipeline).AsQuestion().WithName("PlanPipeline").WithSummary("Layers cut into stages so that the slowest is fastest under a device's memory, with the bubble.");
    }

    [Refuses("memory-request-invalid")]
    private static Task<Results<Ok<SsdPeakAnswer>, ProblemHttpResult>> SsdPeak(SsdPeakRequest request) => MemoryApi.AnswerAsync(() =>
    {
        var model = new PlanRequest(request.Model).Shape();
        var run = new TrainingRun(request.MicroBatch, request.ContextTokens, request.Gpus).Checked();
        var peak = request.GradientBytes is 2 or 4 ? new SsdOffloadPeak(request.GradientBytes) : throw new MemoryInputException($"Expected 2 or 4 gradientBytes, got {request.GradientBytes}.");
        var (before, after) = (peak.Of(model, run, MemAscendFixes.None), peak.Of(model, run, request.Fixes ?? MemAscendFixes.All));
        return Task.FromResult(new SsdPeakAnswer(
            model.Name, before.Bytes, after.Bytes, 1 - (after.Bytes / before.Bytes),
            [.. before.Terms.Zip(after.Terms, (from, to) => new SsdComponent(from.Name, from.Bytes, to.Bytes, from.Formula, from.Numbers, to.Formula, to.Numbers, from.Source))],
            "Formulas on this model, not a measurement and not MemAscend's table."));
    });

    [Refuses("memory-request-invalid")]
    private static Task<Results<Ok<SwapAnswer>, ProblemHttpResult>> Swap(SwapRequest request) => MemoryApi.AnswerAsync(() =>
    {
        double[] positive = [request.FixedSeconds, request.BytesPerSecond, request.CacheBytesPerToken, request.ChunkBytes, request.PrefillQuadratic];
        if (positive.Any(value => value <= 0 || !double.IsFinite(value)) || request.PrefillLinear < 0)
        {
            throw new MemoryInputException("Expected numbers above 0 for fixedSeconds, bytesPerSecond, cacheBytesPerToken, chunkBytes and prefillQuadratic, and prefillLinear of at least 0.");
        }

        var link = new SwapChunks(request.FixedSeconds, request.BytesPerSecond);
        return Task.FromResult(new SwapAnswer(
            [.. SwapChunks.Sizes.Select(chunk => new SwapPoint(chunk, link.Effective(chunk), link.Effective(chunk) / request.BytesPerSecond))],
            link.ChunkFor(0.9), link.BreakEvenTokens(request.CacheBytesPerToken, request.ChunkBytes, request.PrefillLinear, request.PrefillQuadratic)));
    });

    [Refuses("memory-request-invalid")]
    private static Task<Results<Ok<PipelineAnswer>, ProblemHttpResult>> Pipeline(PipelineRequest request) => MemoryApi.AnswerAsync(() =>
    {
        if (request.LayerSeconds?.Count is null or < 1 or > LargestLayers || request.LayerBytes is null || request.MicroBatches < 1 || request.LayerSeconds.Concat(request.LayerBytes).Any(value => value < 0 || !double.IsFinite(value)))
        {
            throw new MemoryInputException($"Expected 1 to {LargestLayers} layers with times and sizes of at least 0, and at least 1 micro-batch.");
        }

        var plan = PipelinePartition.Optimal(request.LayerSeconds, request.LayerBytes, request.Stages, request.DeviceBytes);
        return Task.FromResult(new PipelineAnswer(
            plan, PipelinePartition.Bubble(request.Stages, request.MicroBatches), plan?.StepSeconds(request.MicroBatches), PipelinePartition.IdealSpeedUp(request.Stages, request.MicroBatches)));
    });
}
