using System.Text.Json;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Offload;
using Headroom.MemoryPlacement.Options;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api.Memory;

/// <summary>A plan to make.</summary>
/// <param name="Model">A config.json as an object, or the name of a model that comes with the product.</param>
/// <param name="Machine">A machine file as an object.</param>
/// <param name="ContextTokens">Tokens of one sequence.</param>
/// <param name="MicroBatch">Sequences per GPU and step.</param>
/// <param name="Gpus">GPUs used; null for all.</param>
/// <param name="Optimizer">Adam, Lion or Adam8Bit.</param>
/// <param name="Allocator">One allocator's name; null for all.</param>
internal sealed record PlanRequest(JsonElement Model, JsonElement Machine, long ContextTokens = 32_768, int MicroBatch = 1, int? Gpus = null, string? Optimizer = null, string? Allocator = null);

/// <summary>A stream of blocks from storage to check: times of one layer in seconds.</summary>
/// <param name="Window">Blocks kept in memory.</param>
/// <param name="ResidentEvery">One feed-forward block in this many stays in memory; null for none.</param>
internal sealed record CheckRequest(
    double AttentionSeconds, double FeedForwardSeconds, double AllReduceSeconds, double LoadAttentionSeconds, double LoadFeedForwardSeconds, int Layers, int Window = 4, int? ResidentEvery = null);

/// <summary>What a check finds.</summary>
internal sealed record CheckAnswer(
    StallVerdict Conditions, double StallSeconds, double StepSeconds, int? SmallestWindow, int? LargestResidency, IReadOnlyList<BlockTimes> Timeline);

/// <summary>Plans and checks of memory placement.</summary>
internal static class MemoryApi
{
    private const string InvalidType = "memory-request-invalid";
    private const int LargestLayers = 1_024;

    public static void MapMemoryApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Memory");
        group.MapPost("/placements/plan", Plan).WithSummary("Where every tensor of a training run lives, and the step time against DRAM alone");
        group.MapPost("/placements/check", Check).WithSummary("Whether streaming blocks from storage hides behind computing");
        group.MapGet("/memory/options", () => TypedResults.Ok(MemoryOptions.All)).WithSummary("Published ways to need less memory: claimed, not measured here");
    }

    private static Results<Ok<PlanAnswer>, ProblemHttpResult> Plan(PlanRequest request)
    {
        try
        {
            var model = request.Model.ValueKind == JsonValueKind.String ? SampleModels.Read(request.Model.GetString()!) : ModelConfigReader.Read(request.Model.GetRawText(), "model");
            var machine = MachineReader.Read(request.Machine.GetRawText(), "machine");
            var run = new TrainingRun(request.MicroBatch, request.ContextTokens, request.Gpus ?? machine.Gpu.Count, OptimizerOf(request.Optimizer));
            var plan = PlacementPlanner.Default.Plan(model, run, machine, request.Allocator is { } name ? [PlacementAllocators.Named(name)] : null);
            return TypedResults.Ok(PlanAnswer.Of(plan));
        }
        catch (Exception error) when (error is MemoryInputException or InvalidOperationException)
        {
            return Problems.Invalid(InvalidType, error is MemoryInputException ? error.Message : "Expected model and machine as JSON objects.");
        }
    }

    private static Optimizer OptimizerOf(string? name) => name is null ? Optimizer.Adam : Enum.TryParse<Optimizer>(name, ignoreCase: true, out var optimizer)
        ? optimizer
        : throw new MemoryInputException($"Expected an optimizer of {string.Join(", ", Enum.GetNames<Optimizer>())}, got '{name}'.");

    private static Results<Ok<CheckAnswer>, ProblemHttpResult> Check(CheckRequest request)
    {
        double[] times = [request.AttentionSeconds, request.FeedForwardSeconds, request.AllReduceSeconds, request.LoadAttentionSeconds, request.LoadFeedForwardSeconds];
        if (times.Any(time => time < 0 || !double.IsFinite(time)) || request.Layers is < 1 or > LargestLayers || request.Window < 1 || request.ResidentEvery < 1)
        {
            return Problems.Invalid(InvalidType, $"Expected times of at least 0 seconds, 1 to {LargestLayers} layers, a window and a residency of at least 1.");
        }

        var layer = new LayerTimes(request.AttentionSeconds, request.FeedForwardSeconds, request.AllReduceSeconds, request.LoadAttentionSeconds, request.LoadFeedForwardSeconds, request.Layers);
        var timeline = PrefetchSimulation.Run(PrefetchSimulation.Blocks(layer, request.ResidentEvery), request.Window);
        return TypedResults.Ok(new CheckAnswer(
            StallConditions.Check(layer, request.ResidentEvery), PrefetchSimulation.StallSeconds(timeline), timeline[^1].ComputeEnd,
            PrefetchSimulation.SmallestWindow(layer, residentEvery: request.ResidentEvery), PrefetchSimulation.LargestResidency(layer, request.Window), timeline));
    }
}
