using System.Globalization;
using System.Text.Json;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Offload;
using Headroom.MemoryPlacement.Options;
using Headroom.MemoryPlacement.Tiers;
using Headroom.Web.Access;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Headroom.Web.Features.Memory;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Memory;

/// <summary>A stream of blocks from storage to check: times of one layer in seconds.</summary>
/// <param name="Window">Blocks kept in memory.</param>
/// <param name="ResidentEvery">One feed-forward block in this many stays in memory; null for none.</param>
internal sealed record CheckRequest(
    double AttentionSeconds, double FeedForwardSeconds, double AllReduceSeconds, double LoadAttentionSeconds, double LoadFeedForwardSeconds, int Layers, int Window = 4, int? ResidentEvery = null);

/// <summary>What a check finds.</summary>
internal sealed record CheckAnswer(
    StallVerdict Conditions, double StallSeconds, double StepSeconds, int? SmallestWindow, int? LargestResidency, IReadOnlyList<BlockTimes> Timeline);

/// <summary>A model that comes with the product.</summary>
/// <param name="Name">By which a plan may name it.</param>
/// <param name="Config">Its config.json.</param>
internal sealed record MemoryModelAnswer(string Name, JsonElement Config);

/// <summary>A what-if to answer.</summary>
/// <param name="Plan">Model, machine and run.</param>
/// <param name="Options">Names of options of the catalogue, at most one per scope.</param>
/// <param name="For">training (host memory) or serving (one GPU's memory).</param>
internal sealed record WhatIfRequest(PlanRequest? Plan, IReadOnlyList<string>? Options = null, string For = "training");

/// <summary>Plans, checks and options of memory placement.</summary>
internal static class MemoryApi
{
    private const int LargestLayers = 1_024;

    /// <summary>Longest time of one block, a day: no block takes it, and the sum of all stays far from what a number can hold.</summary>
    private const double LongestSeconds = 86_400;

    public static void MapMemoryApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Memory");
        group.MapPost("/placements/plan", PlanAsync).AsQuestion().WithName("PlanPlacement").WithSummary("Where every tensor of a training run lives, and the step time against DRAM alone");
        group.MapPost("/placements/check", Check).AsQuestion().WithName("CheckOffload").WithSummary("Whether streaming blocks from storage hides behind computing");
        group.MapGet("/memory/models", ListModels).WithName("ListMemoryModels").WithSummary("Models that come with the product, each as its config.json");
        group.MapGet("/memory/gpus", ListGpus).WithName("ListMemoryGpus").WithSummary("GPUs that are known by name: memory, bf16 peak, host link");
        group.MapGet("/memory/allocators", Allocators).WithName("GetMemoryAllocators").WithSummary("Names of the ways to place tensors");
        group.MapGet("/memory/options", ListOptions).WithName("ListMemoryOptions").WithSummary("Published ways to need less memory: claimed, not measured here");
        group.MapPost("/memory/whatif", WhatIfAsync).AsQuestion().WithName("AskMemoryWhatIf").WithSummary("Compress, offload or buy memory, side by side with prices from public data");
        group.MapOffloadApi();
        group.MapHostMemoryApi();
    }

    [Versioned]
    private static Ok<Page<MemoryModelAnswer>> ListModels(IOptions<ApiOptions> options, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. SampleModels.All.Select(name => new MemoryModelAnswer(name, JsonSerializer.Deserialize<JsonElement>(SampleModels.Json(name))))], after, limit));

    [Versioned]
    private static Ok<Page<GpuSpec>> ListGpus(IOptions<ApiOptions> options, int after = 0, int? limit = null) => TypedResults.Ok(options.Value.Part(GpuCatalogue.All, after, limit));

    [Versioned]
    private static Ok<IReadOnlyList<string>> Allocators() => TypedResults.Ok<IReadOnlyList<string>>([.. PlacementAllocators.All.Select(allocator => allocator.Name)]);

    [Versioned]
    private static Ok<Page<MemoryOption>> ListOptions(IOptions<ApiOptions> options, int after = 0, int? limit = null) => TypedResults.Ok(options.Value.Part(MemoryOptions.All, after, limit));

    [Refuses("memory-request-invalid")]
    private static Task<Results<Ok<PlanAnswer>, ProblemHttpResult>> PlanAsync(PlanRequest request, HostMemories hosts, CancellationToken cancellationToken) =>
        AnswerAsync(async () => PlanAnswer.Of(await request.PlanAsync(hosts, cancellationToken)));

    [Refuses("memory-request-invalid")]
    private static Task<Results<Ok<WaysOut>, ProblemHttpResult>> WhatIfAsync(WhatIfRequest request, HostMemories hosts, CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        var plan = await (request.Plan ?? throw new MemoryInputException("Expected a plan with model and machine.")).PlanAsync(hosts, cancellationToken);
        return request.For switch
        {
            "training" => MemoryWhatIf.Training(plan, request.Options ?? []),
            "serving" => MemoryWhatIf.Serving(plan, request.Options ?? []),
            _ => throw new MemoryInputException($"Expected training or serving in for, got '{request.For}'."),
        };
    });

    /// <summary>What was expected, where, and what came.</summary>
    internal static ProblemHttpResult Invalid(string detail) => Problems.Invalid("memory-request-invalid", detail);

    /// <summary>An answer, or a problem that says what was expected.</summary>
    internal static async Task<Results<Ok<T>, ProblemHttpResult>> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return TypedResults.Ok(await answer());
        }
        catch (MemoryInputException error)
        {
            return Invalid(error.Message);
        }
    }

    [Refuses("memory-request-invalid")]
    private static Results<Ok<CheckAnswer>, ProblemHttpResult> Check(CheckRequest request)
    {
        (string Field, double Seconds)[] times =
        [
            ("attentionSeconds", request.AttentionSeconds), ("feedForwardSeconds", request.FeedForwardSeconds), ("allReduceSeconds", request.AllReduceSeconds),
            ("loadAttentionSeconds", request.LoadAttentionSeconds), ("loadFeedForwardSeconds", request.LoadFeedForwardSeconds),
        ];
        foreach (var (field, seconds) in times.Where(time => time.Seconds is not (>= 0 and <= LongestSeconds)))
        {
            return Invalid(string.Create(CultureInfo.InvariantCulture, $"Expected 0 to {LongestSeconds} seconds in {field}, got {seconds}."));
        }

        if (request.Layers is < 1 or > LargestLayers || request.Window < 1 || request.ResidentEvery < 1)
        {
            return Invalid($"Expected 1 to {LargestLayers} layers, a window and a residency of at least 1.");
        }

        var layer = new LayerTimes(request.AttentionSeconds, request.FeedForwardSeconds, request.AllReduceSeconds, request.LoadAttentionSeconds, request.LoadFeedForwardSeconds, request.Layers);
        var timeline = PrefetchSimulation.Run(PrefetchSimulation.Blocks(layer, request.ResidentEvery), request.Window);
        return TypedResults.Ok(new CheckAnswer(
            StallConditions.Check(layer, request.ResidentEvery), PrefetchSimulation.StallSeconds(timeline), timeline[^1].ComputeEnd,
            PrefetchSimulation.SmallestWindow(layer, residentEvery: request.ResidentEvery), PrefetchSimulation.LargestResidency(layer, request.Window), timeline));
    }
}
