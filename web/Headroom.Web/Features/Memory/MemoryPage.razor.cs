using System.Text.Json;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;
using Headroom.Web.Api.Memory;
using Headroom.Web.Features.Fleet;
using Headroom.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Memory;

/// <summary>A model, a context and a machine, and where every tensor should live.</summary>
public sealed partial class MemoryPage
{
    private const string CheckpointedActivations = "checkpointed";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private PlacementPlan? _plan;
    private string? _asked;
    private IReadOnlyList<FittingMachine> _machines = [];
    private IReadOnlyList<FleetLine> _hosts = [];
    private string? _error;
    private bool _busy;

    [SupplyParameterFromQuery(Name = "model")]
    public string? AskedModel { get; set; }

    [SupplyParameterFromQuery(Name = "context")]
    public long? AskedContext { get; set; }

    /// <summary>Host of the fleet that is the machine.</summary>
    [SupplyParameterFromQuery(Name = "host")]
    public int? AskedHost { get; set; }

    [Inject]
    private FleetSnapshot Fleet { get; set; } = null!;

    [Inject]
    private HostMemories Hosts { get; set; } = null!;

    private string Model { get; set; } = "mistral-nemo-12b";

    private string Config { get; set; } = "";

    private long Context { get; set; } = 32_768;

    private int Batch { get; set; } = 1;

    private string Gpu { get; set; } = "RTX 5090";

    private int Gpus { get; set; } = 1;

    private double Dram { get; set; } = 128;

    private int Cards { get; set; } = 1;

    private double CardSize { get; set; } = 512;

    private int? HostId { get; set; }

    private Optimizer Optimizer { get; set; }

    private string Activations { get; set; } = CheckpointedActivations;

    private int ZeroStage { get; set; } = 3;

    private int TensorParallel { get; set; } = 1;

    private int PipelineParallel { get; set; } = 1;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _hosts = await Fleet.ReadAsync(CancellationToken.None);
        HostId = _hosts.Any(host => host.HostId == AskedHost) ? AskedHost : null;
        Model = AskedModel is { } asked && SampleModels.All.Contains(asked) ? asked : Model;
        Context = AskedContext is > 0 and var tokens ? tokens : Context;
        Config = SampleModels.Json(Model).Trim();
        await PlanAsync();
    }

    private void ChooseModel(ChangeEventArgs change)
    {
        Model = change.Value as string ?? "";
        Config = Model.Length > 0 ? SampleModels.Json(Model).Trim() : Config;
    }

    private async Task PlanAsync()
    {
        (_busy, _error) = (true, null);
        try
        {
            var (config, name) = (Config, Model.Length > 0 ? Model : "config.json");
            var (host, gpu) = (HostId, Gpu);
            var run = new TrainingRun(Batch, Context, Gpus, Optimizer, Activations == CheckpointedActivations, ZeroStage, TensorParallel, PipelineParallel).Checked();
            var machine = await MachineAsync(run);
            (_plan, _machines) = await Task.Run(() =>
            {
                var plan = PlacementPlanner.Default.Plan(ModelConfigReader.Read(config, name), run, machine);
                return (plan, MachineComparison.ThatFit(plan));
            });
            _asked = Question(config, name, host, gpu, machine, run);
        }
        catch (MemoryInputException error)
        {
            _error = error.Message;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<MachineSpec> MachineAsync(TrainingRun run)
    {
        var gpu = GpuCatalogue.Named(Gpu, run.Gpus);
        if (HostId is { } id)
        {
            return HostMemories.Machine(await Hosts.ReadAsync(id, CancellationToken.None) ?? throw new MemoryInputException($"Expected a host of the fleet, there is none with id {id} any more."), gpu);
        }

        return Dram > 0 && CardSize > 0 && Cards >= 0
            ? MachineCatalogue.Of(gpu, Dram, Cards, CardSize)
            : throw new MemoryInputException("Expected DRAM and card sizes above 0 GiB and no negative number of cards.");
    }

    /// <summary>Body of the call that answers the same plan: a model that comes with the product and a host of the fleet by name, whatever else as it is.</summary>
    private static string Question(string config, string name, int? host, string gpu, MachineSpec machine, TrainingRun run)
    {
        var isSample = SampleModels.All.Contains(name) && config == SampleModels.Json(name).Trim();
        return JsonSerializer.Serialize(
            new PlanRequest(
                isSample ? JsonSerializer.SerializeToElement(name) : JsonSerializer.Deserialize<JsonElement>(config),
                host is null ? JsonSerializer.Deserialize<JsonElement>(MachineReader.Write(machine)) : null, host, host is null ? null : gpu,
                run.ContextTokens, run.MicroBatch, run.Gpus, run.Optimizer.ToString(), null, run.Checkpointing, run.ZeroStage, run.TensorParallel, run.PipelineParallel),
            JsonSerializerOptions.Web);
    }

    private static IReadOnlyList<Footprint> Places(PlacementPlan plan) =>
        [new("host", [.. plan.Tensors.Select(tensor => tensor.Term)]), plan.Gpu, plan.GpuAlone with { Place = "one GPU, without offload" }, GpuFootprint.Serving(plan.Model, plan.Run.Sequences, plan.Run.ContextTokens, plan.Run.Gpus) with { Place = "one GPU, serving the same sequences" }];

    private static string StepNumbers(PlacementPlan plan) =>
        plan.Best is { } best ? string.Join(" + ", best.Phases.Select(phase => $"{phase.Name} {Quantity.Text(phase.Seconds, "s")}, {phase.BoundBy}")) : "";

    private static string ParameterNumbers(PlacementPlan plan)
    {
        var layers = plan.Model.Layers.Sum(layer => layer.Mixer.Parameters(plan.Model.Hidden) + layer.Feed.Parameters(plan.Model.Hidden));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{plan.Model.Parameters - layers:N0} + {layers:N0} over {plan.Model.Layers.Count} layers");
    }

    private static string StepInterval(PlacementPlan plan) => plan.Best?.StepInterval is { } interval
        ? $"{Quantity.Text(interval.Lower, "s")} to {Quantity.Text(interval.Upper, "s")} at 90 %"
        : "";

    private static string Json(PlacementPlan plan) => JsonSerializer.Serialize(PlanAnswer.Of(plan), Indented);
}
