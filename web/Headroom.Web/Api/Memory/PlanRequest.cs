using System.Text.Json;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;
using Headroom.Web.Features.Memory;

namespace Headroom.Web.Api.Memory;

/// <summary>A plan to make.</summary>
/// <param name="Model">A config.json as an object, or the name of a model that comes with the product.</param>
/// <param name="Machine">A machine file as an object; left out when <paramref name="HostId"/> names one.</param>
/// <param name="HostId">A host of the fleet, read as its agent tells it.</param>
/// <param name="Gpu">GPU of that host where its agent tells none.</param>
/// <param name="ContextTokens">Tokens of one sequence.</param>
/// <param name="MicroBatch">Sequences per GPU and step.</param>
/// <param name="Gpus">GPUs used; null for all.</param>
/// <param name="Optimizer">Adam, Lion or Adam8Bit.</param>
/// <param name="Allocator">One allocator's name; null for all.</param>
/// <param name="Checkpointing">Keep one activation per layer and compute the rest again.</param>
/// <param name="ZeroStage">0 to 3: what ranks share without offload.</param>
/// <param name="TensorParallel">GPUs that split every layer.</param>
/// <param name="PipelineParallel">GPUs that split the layers.</param>
internal sealed record PlanRequest(
    JsonElement Model, JsonElement? Machine = null, int? HostId = null, string? Gpu = null, long ContextTokens = 32_768, int MicroBatch = 1, int? Gpus = null, string? Optimizer = null,
    string? Allocator = null, bool Checkpointing = true, int ZeroStage = 3, int TensorParallel = 1, int PipelineParallel = 1)
{
    /// <exception cref="MemoryInputException">Something is missing or out of range; the message names it.</exception>
    public ModelShape Shape() => Model.ValueKind switch
    {
        JsonValueKind.String => SampleModels.Read(Model.GetString()!),
        JsonValueKind.Object => ModelConfigReader.Read(Model.GetRawText(), "model"),
        _ => throw new MemoryInputException("Expected model as a config.json object or a model's name."),
    };

    /// <inheritdoc cref="Shape"/>
    public TrainingRun Run(int gpus) => new TrainingRun(MicroBatch, ContextTokens, Gpus ?? gpus, Optimizers(Optimizer), Checkpointing, ZeroStage, TensorParallel, PipelineParallel).Checked();

    /// <inheritdoc cref="Shape"/>
    public async Task<PlacementPlan> PlanAsync(HostMemories hosts, CancellationToken cancellationToken)
    {
        var machine = await MachineAsync(hosts, cancellationToken);
        return PlacementPlanner.Default.Plan(Shape(), Run(machine.Gpu.Count), machine, Allocator is { } name ? [PlacementAllocators.Named(name)] : null);
    }

    private async Task<MachineSpec> MachineAsync(HostMemories hosts, CancellationToken cancellationToken)
    {
        if (HostId is { } id)
        {
            var host = await hosts.ReadAsync(id, cancellationToken) ?? throw new MemoryInputException($"Expected a host of the fleet in hostId, there is none with id {id}.");
            return HostMemories.Machine(host, Gpu is { } gpu ? GpuCatalogue.Named(gpu, Gpus ?? 1) : null);
        }

        return Machine is { ValueKind: JsonValueKind.Object } file
            ? MachineReader.Read(file.GetRawText(), "machine")
            : throw new MemoryInputException("Expected a machine as a JSON object, or hostId.");
    }

    private static Optimizer Optimizers(string? name) => name is null ? MemoryPlacement.Footprints.Optimizer.Adam : Enum.TryParse<Optimizer>(name, ignoreCase: true, out var optimizer) && Enum.IsDefined(optimizer)
        ? optimizer
        : throw new MemoryInputException($"Expected an optimizer of {string.Join(", ", Enum.GetNames<Optimizer>())}, got '{name}'.");
}
