using System.Globalization;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Offload;
using Headroom.MemoryPlacement.Planning;
using Headroom.Web.Shared;

namespace Headroom.Web.Features.Memory;

/// <summary>The charts of a plan as ECharts options.</summary>
internal static partial class MemoryCharts
{
    private const int ShownLayers = 10;
    private const string Quiet = "transparent";

    /// <summary>One bar per tier, one colour per tensor group, the framework and the free rest beside them.</summary>
    public static object Tiers(PlacementPlan plan, PlannedPlacement placed)
    {
        var placement = placed.Placement!;
        var tiers = plan.Machine.Tiers;
        var tensors = placement.Tensors.Select((tensor, index) => Bar(tensor.Name, $"var(--chart-{index + 1})", tiers.Select((_, tier) => (double)placement.Bytes[index][tier])));
        return new
        {
            Animation = false,
            Grid = new { Left = 8, Right = 24, Top = 70, Bottom = 8, ContainLabel = true },
            Legend = new { Top = 0, Type = "plain" },
            Tooltip = new { Trigger = "item" },
            XAxis = new { Type = "value", Unit = "By", SplitNumber = 4 },
            YAxis = new { Type = "category", Inverse = true, Data = tiers.Select(tier => tier.Name) },
            Series = tensors.Append(Bar("framework", "var(--chart-8)", placement.Reserved)).Append(Bar("free", "var(--none-soft)", tiers.Select((tier, index) => Math.Max(0, tier.CapacityBytes - placement.PeakBytes(index))))),
        };
    }

    /// <summary>DRAM alone, what each phase adds or saves, and the result.</summary>
    public static object Waterfall(PlacementPlan plan, PlannedPlacement placed)
    {
        var changes = plan.DramOnlyPhases.Zip(placed.Phases, (before, after) => (before.Name, Change: after.Seconds - before.Seconds)).ToArray();
        var names = new List<string> { "DRAM alone" };
        var ground = new List<double> { 0 };
        var heights = new List<object> { Step(plan.DramOnlySeconds, "var(--chart-1)", "") };
        var level = plan.DramOnlySeconds;
        foreach (var (name, change) in changes)
        {
            names.Add(name);
            ground.Add(Math.Min(level, level + change));
            heights.Add(Step(change, change > 0 ? "var(--bad)" : "var(--good)", change > 0 ? "+" : change < 0 ? "−" : ""));
            level += change;
        }

        names.Add("this placement");
        ground.Add(0);
        heights.Add(Step(level, "var(--chart-1)", ""));
        return new
        {
            Animation = false,
            Grid = new { Left = 8, Right = 12, Top = 24, Bottom = 8, ContainLabel = true },
            Tooltip = new { Trigger = "item" },
            XAxis = new { Type = "category", Data = names, AxisLabel = new { Interval = 0 } },
            YAxis = new { Type = "value", Unit = "s", SplitNumber = 4 },
            Series = new object[]
            {
                new { Name = "ground", Type = "bar", Stack = "step", Silent = true, ItemStyle = new { Color = Quiet }, Tooltip = new { Show = false }, Data = ground },
                new { Name = "seconds", Type = "bar", Stack = "step", Unit = "s", BarMaxWidth = 56, Data = heights },
            },
        };

        // A bar is drawn upwards whatever its sign; who takes the chart away gets the amount.
        static object Step(double seconds, string color, string sign) => new { Value = Math.Abs(seconds), Amount = seconds, ItemStyle = new { Color = color }, Label = new { Show = true, Position = "top", Formatter = sign + Quantity.Text(Math.Abs(seconds), "s", CultureInfo.InvariantCulture) } };
    }

    /// <summary>Two lanes of consecutive bars: loads of layer weights, and computing with its waits in red.</summary>
    public static object Timeline(PlacementPlan plan, PlannedPlacement placed)
    {
        var blocks = Blocks(plan, placed).Take(ShownLayers).ToArray();
        var load = new List<(double Seconds, string Color)>();
        var compute = new List<(double Seconds, string Color)>();
        double loaded = 0, computed = 0;
        var names = new List<string>();
        foreach (var block in blocks)
        {
            names.AddRange([$"before {block.Name}", block.Name]);
            load.Add((block.LoadStart - loaded, Quiet));
            load.Add((block.LoadEnd - block.LoadStart, block.Block % 2 == 0 ? "var(--chart-1)" : "var(--chart-6)"));
            compute.Add((block.ComputeStart - computed, "var(--bad)"));
            compute.Add((block.ComputeEnd - block.ComputeStart, block.Block % 2 == 0 ? "var(--chart-3)" : "var(--good)"));
            (loaded, computed) = (block.LoadEnd, block.ComputeEnd);
        }

        return new
        {
            Animation = false,
            Grid = new { Left = 8, Right = 24, Top = 8, Bottom = 8, ContainLabel = true },
            Tooltip = new { Trigger = "item" },
            XAxis = new { Type = "value", Unit = "s", SplitNumber = 5 },
            YAxis = new { Type = "category", Inverse = true, Data = new[] { "load", "compute" } },
            Series = load.Zip(compute, names).Select(pieces => new { Name = pieces.Third, Type = "bar", Stack = "time", Unit = "s", BarWidth = 34, Data = new[] { Piece(pieces.First), Piece(pieces.Second) } }),
        };

        static object Piece((double Seconds, string Color) piece) => new { Value = piece.Seconds, ItemStyle = new { piece.Color } };
    }

    public static string TimelineNote(PlacementPlan plan, PlannedPlacement placed)
    {
        var blocks = Blocks(plan, placed);
        var stall = PrefetchSimulation.StallSeconds(blocks);
        return stall > 1e-6
            ? $"Computing waits {Quantity.Text(stall, "s", CultureInfo.InvariantCulture)} in the whole forward pass (red), beside the first load, which can hide behind nothing."
            : "After the first load, which can hide behind nothing (red), computing never waits: every load is done before its layer is due.";
    }

    /// <summary>Forward pass layer by layer, two layers of room: the slowest resource on the weights' way sets the load time.</summary>
    private static IReadOnlyList<BlockTimes> Blocks(PlacementPlan plan, PlannedPlacement placed)
    {
        var layers = plan.Model.Layers.Count;
        var placement = placed.Placement!;
        var weights = placement.Tensors.ToList().FindIndex(tensor => tensor.Group == TensorGroup.ComputeWeights);
        var slowest = plan.Machine.Tiers.Select((tier, index) => placement.Bytes[weights][index] / tier.GpuReadBytesPerSecond)
            .Append((double)placement.Tensors[weights].Bytes / plan.Run.Gpus / plan.Machine.Gpu.LinkBytesPerSecond).Max();
        var compute = (placed.Phases[0].Seconds - placed.Phases[0].StallSeconds) / layers;
        return PrefetchSimulation.Run([.. Enumerable.Range(1, layers).Select(layer => new StreamBlock($"layer {layer}", slowest / layers, compute))], 2);
    }
}
