using System.Text.Json;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Options;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;
using Headroom.Web.Api.Memory;
using Headroom.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Memory;

/// <summary>A model, a context and a machine, and where every tensor should live.</summary>
public sealed partial class MemoryPage
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private PlacementPlan? _plan;
    private IReadOnlyList<FittingMachine> _machines = [];
    private string? _error;
    private bool _busy;

    [SupplyParameterFromQuery(Name = "model")]
    public string? AskedModel { get; set; }

    [SupplyParameterFromQuery(Name = "context")]
    public long? AskedContext { get; set; }

    private string Model { get; set; } = "mistral-nemo-12b";

    private string Config { get; set; } = "";

    private long Context { get; set; } = 32_768;

    private int Batch { get; set; } = 1;

    private string Gpu { get; set; } = "RTX 5090";

    private int Gpus { get; set; } = 1;

    private double Dram { get; set; } = 128;

    private int Cards { get; set; } = 1;

    private double CardSize { get; set; } = 512;

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Model = AskedModel is { } asked && SampleModels.All.Contains(asked) ? asked : Model;
        Context = AskedContext is > 0 and var tokens ? tokens : Context;
        Config = SampleModels.Json(Model).Trim();
        return PlanAsync();
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
            var run = new TrainingRun(Batch, Context, Gpus);
            var (gpu, dram, cards, size) = (Gpu, Dram, Cards, CardSize);
            (_plan, _machines) = await Task.Run(() =>
            {
                var machine = dram > 0 && size > 0 && cards >= 0
                    ? MachineCatalogue.Of(GpuCatalogue.Named(gpu, run.Gpus), dram, cards, size)
                    : throw new MemoryInputException("Expected DRAM and card sizes above 0 GiB and no negative number of cards.");
                var plan = PlacementPlanner.Default.Plan(ModelConfigReader.Read(config, name), run, machine);
                return (plan, MachineComparison.ThatFit(plan));
            });
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

    /// <summary>What an option's scope takes now: training states, or the cache of serving the same sequences.</summary>
    private static double OptionBytes(PlacementPlan plan, OptionScope scope)
    {
        double Of(params TensorGroup[] groups) => plan.Tensors.Where(tensor => groups.Contains(tensor.Group)).Sum(tensor => (double)tensor.Bytes);
        return scope switch
        {
            OptionScope.Weights => Of(TensorGroup.ComputeWeights),
            OptionScope.Activations => Of(TensorGroup.Activations),
            OptionScope.Optimizer => Of(TensorGroup.Momentum, TensorGroup.Variance, TensorGroup.MasterWeights),
            _ => GpuFootprint.KeyValueCache(plan.Model, plan.Run.Sequences, plan.Run.ContextTokens).Bytes,
        };
    }

    private static string StepInterval(PlacementPlan plan) => plan.Best?.StepInterval is { } interval
        ? $"{Quantity.Text(interval.Lower, "s")} to {Quantity.Text(interval.Upper, "s")} at 90 %"
        : "";

    private static string ScopeName(OptionScope scope) => scope == OptionScope.KeyValueCache ? "cache when serving" : scope.ToString().ToLowerInvariant();

    private static string Json(PlacementPlan plan) => JsonSerializer.Serialize(PlanAnswer.Of(plan), Indented);
}
