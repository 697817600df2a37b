using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Options;

/// <summary>What one option takes away.</summary>
/// <param name="Option">Its name.</param>
/// <param name="Scope">What it makes smaller.</param>
/// <param name="BeforeBytes">Size of that before.</param>
/// <param name="SavedBytes">What goes away if the claim holds.</param>
/// <param name="Source">Where it is claimed.</param>
public sealed record Saving(string Option, OptionScope Scope, double BeforeBytes, double SavedBytes, string Source);

/// <summary>One way out of too little memory.</summary>
/// <param name="Way">compress, offload to CXL, offload to storage, or buy DRAM.</param>
/// <param name="How">With what.</param>
/// <param name="StepSeconds">Step time; null where nothing predicts it.</param>
/// <param name="PriceUsd">CPU and memory of the cheapest host that does it; null where none does.</param>
/// <param name="Note">What the price or the time leaves out.</param>
public sealed record WayOut(string Way, string How, double? StepSeconds, double? PriceUsd, string Note);

/// <summary>Compress, offload or buy, side by side.</summary>
/// <param name="NeedBytes">What is needed as it is.</param>
/// <param name="Savings">What the chosen options take away, one after the other.</param>
/// <param name="LeftBytes">What is needed then.</param>
/// <param name="RoomBytes">What there is on the machine: DRAM, or one GPU's memory.</param>
/// <param name="Ways">The ways out, with prices from the data.</param>
public sealed record WaysOut(double NeedBytes, IReadOnlyList<Saving> Savings, double LeftBytes, double RoomBytes, IReadOnlyList<WayOut> Ways)
{
    public bool Fits => LeftBytes <= RoomBytes;
}

/// <summary>The what-if of the options catalogue: their claims on this model, beside what offloading and buying cost.</summary>
public static class MemoryWhatIf
{
    private const double Gibibyte = 1L << 30;
    private const double DriveBytes = 8e12;
    private const string Prices = "CPU and DIMMs after Weisgut et al., VLDB 2025; no GPUs, no chassis";
    public static IReadOnlyList<OptionScope> TrainingScopes { get; } = [OptionScope.Weights, OptionScope.Activations, OptionScope.Optimizer];
    public static IReadOnlyList<OptionScope> ServingScopes { get; } = [OptionScope.Weights, OptionScope.KeyValueCache];

    /// <summary>Host memory of offloaded training.</summary>
    /// <exception cref="MemoryInputException">An option is unknown, makes the same smaller as another, or nothing that training holds.</exception>
    public static WaysOut Training(PlacementPlan plan, IReadOnlyList<string> options)
    {
        double Of(params TensorGroup[] groups) => plan.Tensors.Where(tensor => groups.Contains(tensor.Group)).Sum(tensor => (double)tensor.Bytes);
        var savings = Savings(options, TrainingScopes, "training", scope => scope switch
        {
            OptionScope.Weights => Of(TensorGroup.ComputeWeights),
            OptionScope.Activations => Of(TensorGroup.Activations),
            _ => Of(TensorGroup.Momentum, TensorGroup.Variance, TensorGroup.MasterWeights),
        });
        var left = plan.HostBytes - savings.Sum(saving => saving.SavedBytes);
        return new WaysOut(plan.HostBytes, savings, left, plan.Machine.LocalBytes, [.. Ways(plan, savings, left)]);
    }

    /// <summary>One GPU's memory while it serves the same sequences; what does not fit goes to the host over the link.</summary>
    /// <inheritdoc cref="Training"/>
    public static WaysOut Serving(PlacementPlan plan, IReadOnlyList<string> options)
    {
        var (gpus, machine) = (plan.Run.Gpus, plan.Machine);
        var need = GpuFootprint.Serving(plan.Model, plan.Run.Sequences, plan.Run.ContextTokens, gpus);
        var savings = Savings(options, ServingScopes, "serving", scope => need.Terms[scope == OptionScope.Weights ? 0 : 1].Bytes);
        var left = need.Bytes - savings.Sum(saving => saving.SavedBytes);
        var over = Math.Max(0, left - machine.Gpu.MemoryBytes) * gpus;
        var host = Hosts(machine.Gpu, cards: false).FirstOrDefault(one => one.LocalBytes >= over + machine.OverheadBytes);
        return new WaysOut(
            need.Bytes, savings, left, machine.Gpu.MemoryBytes,
            over == 0
                ? [new WayOut("compress", savings.Count == 0 ? "nothing: it fits as it is" : Names(savings), null, null, "claims on quality and speed are in the options' rows")]
                :
                [
                    new WayOut("offload to DRAM", FormattableString.Invariant($"{over / Gibibyte:0.0} GiB of the host, read over the link once per pass"), over / gpus / machine.Gpu.LinkBytesPerSecond, host?.PriceUsd, $"time of moving that once; host: {host?.Name ?? "none is large enough"}; {Prices}"),
                ]);
    }

    private static IEnumerable<WayOut> Ways(PlacementPlan plan, IReadOnlyList<Saving> savings, double left)
    {
        var gpu = plan.Machine.Gpu;
        var fitting = MachineComparison.ThatFit(plan);
        if (savings.Count > 0)
        {
            var host = Hosts(gpu, cards: false).FirstOrDefault(one => one.LocalBytes >= left);
            yield return new WayOut("compress", $"{Names(savings)}; {host?.Name ?? "no host of the catalogue"}", host is null ? null : plan.DramOnlySeconds, host?.PriceUsd, $"time as if the options cost none; {Prices}");
        }

        var card = fitting.FirstOrDefault(one => one.Machine.Tiers.Any(tier => tier.Kind == TierKind.Cxl));
        yield return new WayOut("offload to CXL", card?.Machine.Name ?? "no host of the catalogue", card?.StepSeconds, card?.Machine.PriceUsd, Prices);
        yield return Storage(plan, Hosts(gpu, cards: false)[0]);
        var dram = fitting.FirstOrDefault(one => one.Machine.Tiers.All(tier => tier.Kind != TierKind.Cxl));
        yield return new WayOut("buy DRAM", dram?.Machine.Name ?? "no host of the catalogue", dram?.StepSeconds, dram?.Machine.PriceUsd, Prices);
    }

    private static WayOut Storage(PlacementPlan plan, MachineSpec host)
    {
        var drive = TierDefaults.Of(TierKind.Nvme) with { Name = "nvme0", CapacityBytes = DriveBytes };
        var planned = PlacementPlanner.Default.Plan(plan.Model, plan.Run, host with { Tiers = [.. host.Tiers, drive] }, [new OptimalAllocator()]);
        return new WayOut("offload to storage", $"{host.Name}, one NVMe drive", planned.Best?.StepSeconds, planned.Best is null ? null : host.PriceUsd, $"the drive is not in the price data; {Prices}");
    }

    private static IReadOnlyList<Saving> Savings(IReadOnlyList<string> options, IReadOnlyList<OptionScope> scopes, string subject, Func<OptionScope, double> bytes)
    {
        _ = MemoryOptions.Combined(options);
        var chosen = options.Select(name => MemoryOptions.All.Single(option => option.Name == name)).ToArray();
        return chosen.FirstOrDefault(option => !scopes.Contains(option.Scope)) is { } other
            ? throw new MemoryInputException($"Expected options of {string.Join(", ", scopes)} for {subject}, got {other.Name}, which makes {other.Scope} smaller.")
            : [.. chosen.Select(option => new Saving(option.Name, option.Scope, bytes(option.Scope), bytes(option.Scope) * (1 - option.Factor), option.Source))];
    }

    private static IReadOnlyList<MachineSpec> Hosts(GpuSpec gpu, bool cards) => [.. MachineCatalogue.With(gpu).Where(machine => machine.Tiers.Any(tier => tier.Kind == TierKind.Cxl) == cards)];

    private static string Names(IReadOnlyList<Saving> savings) => string.Join(" and ", savings.Select(saving => saving.Option));
}
