using System.Globalization;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Live;
using Headroom.MemoryPlacement.Offload;
using Headroom.MemoryPlacement.Options;
using Headroom.Web.Shared;

namespace Headroom.Web.Features.Memory;

/// <summary>The charts beside the plan's.</summary>
internal static partial class MemoryCharts
{
    public const int ShownWorkloads = 14;

    /// <summary>Per workload: what stays, what is idle and could move, what of the working set could move.</summary>
    public static object Live(LiveMemoryAdvice advice)
    {
        var shown = advice.Workloads.OrderByDescending(one => one.ResidentBytes + (one.IdleBytes ?? 0)).Take(ShownWorkloads).ToArray();
        double Warm(WorkloadMemoryAdvice one) => Math.Max(0, (one.MovableBytes ?? 0) - (one.IdleBytes ?? 0));
        return new
        {
            Animation = false,
            Grid = new { Left = 8, Right = 24, Top = 40, Bottom = 8, ContainLabel = true },
            Legend = new { Top = 0, Type = "plain" },
            Tooltip = new { Trigger = "item" },
            XAxis = new { Type = "value", Unit = "By", SplitNumber = 4 },
            YAxis = new { Type = "category", Inverse = true, Data = shown.Select(one => Short(one.Name)) },
            Series = new[]
            {
                Bar("stays", "var(--chart-1)", shown.Select(one => Math.Max(0, (one.ResidentBytes ?? 0) - Warm(one)))),
                Bar("working set that could move", "var(--chart-2)", shown.Select(Warm)),
                Bar("idle, could move", "var(--good)", shown.Select(one => Math.Min(one.IdleBytes ?? 0, one.MovableBytes ?? 0))),
            },
        };
    }

    /// <summary>Need, what each option takes away, what is left, and the room there is.</summary>
    public static object WhatIf(WaysOut answer)
    {
        var names = new List<string> { "needed" };
        var ground = new List<double> { 0 };
        var heights = new List<object> { Piece(answer.NeedBytes, "var(--chart-1)", "") };
        var level = answer.NeedBytes;
        foreach (var saving in answer.Savings)
        {
            level -= saving.SavedBytes;
            names.Add(saving.Option);
            ground.Add(level);
            heights.Add(Piece(-saving.SavedBytes, "var(--good)", "−"));
        }

        names.AddRange(["left", "room there is"]);
        ground.AddRange([0, 0]);
        heights.AddRange([Piece(answer.LeftBytes, answer.Fits ? "var(--chart-1)" : "var(--bad)", ""), Piece(answer.RoomBytes, "var(--chart-8)", "")]);
        return new
        {
            Animation = false,
            Grid = new { Left = 8, Right = 12, Top = 24, Bottom = 8, ContainLabel = true },
            Tooltip = new { Trigger = "item" },
            XAxis = new { Type = "category", Data = names, AxisLabel = new { Interval = 0, Width = 90, Overflow = "break" } },
            YAxis = new { Type = "value", Unit = "By", SplitNumber = 4 },
            Series = new object[]
            {
                new { Name = "ground", Type = "bar", Stack = "need", Silent = true, ItemStyle = new { Color = Quiet }, Tooltip = new { Show = false }, Data = ground },
                new { Name = "bytes", Type = "bar", Stack = "need", Unit = "By", BarMaxWidth = 56, Data = heights },
            },
        };

        static object Piece(double bytes, string color, string sign) => new { Value = Math.Abs(bytes), Amount = bytes, ItemStyle = new { Color = color }, Label = new { Show = true, Position = "top", Formatter = sign + Quantity.Text(Math.Abs(bytes), "By", CultureInfo.InvariantCulture) } };
    }

    /// <summary>Two stacked bars: without fixes and with those chosen.</summary>
    public static object SsdPeak(Footprint before, Footprint after) => new
    {
        Animation = false,
        Grid = new { Left = 8, Right = 24, Top = 70, Bottom = 8, ContainLabel = true },
        Legend = new { Top = 0, Type = "plain" },
        Tooltip = new { Trigger = "item" },
        XAxis = new { Type = "value", Unit = "By", SplitNumber = 4 },
        YAxis = new { Type = "category", Inverse = true, Data = new[] { "ZeRO-Infinity", "with fixes" } },
        Series = before.Terms.Zip(after.Terms, (from, to) => (from.Name, Bytes: new[] { from.Bytes, to.Bytes })).Select((term, index) => Bar(term.Name, $"var(--chart-{index + 1})", term.Bytes)),
    };

    /// <summary>Bandwidth over chunk size, the link as a line.</summary>
    public static object Chunks(SwapChunks link) => new
    {
        Animation = false,
        Grid = new { Left = 8, Right = 24, Top = 24, Bottom = 8, ContainLabel = true },
        Tooltip = new { Trigger = "axis" },
        XAxis = new { Type = "category", Data = SwapChunks.Sizes.Select(size => Quantity.Text(size, "By", CultureInfo.InvariantCulture)) },
        YAxis = new { Type = "value", Unit = "By/s", SplitNumber = 4 },
        Series = new object[]
        {
            new { Name = "arrives", Type = "bar", Unit = "By/s", BarMaxWidth = 40, ItemStyle = new { Color = "var(--chart-1)" }, Data = SwapChunks.Sizes.Select(link.Effective) },
            new { Name = "link", Type = "line", Unit = "By/s", Symbol = "none", LineStyle = new { Type = "dashed", Color = "var(--chart-8)" }, ItemStyle = new { Color = "var(--chart-8)" }, Data = SwapChunks.Sizes.Select(_ => link.BytesPerSecond) },
        },
    };

    /// <summary>Time and memory of every stage.</summary>
    public static object Stages(PipelinePlan plan) => new
    {
        Animation = false,
        Grid = new { Left = 8, Right = 8, Top = 40, Bottom = 8, ContainLabel = true },
        Legend = new { Top = 0, Type = "plain" },
        Tooltip = new { Trigger = "item" },
        XAxis = new { Type = "category", Data = plan.StageSeconds.Select((_, stage) => string.Create(CultureInfo.InvariantCulture, $"stage {stage + 1}")) },
        YAxis = new object[] { new { Type = "value", Unit = "s", SplitNumber = 4 }, new { Type = "value", Unit = "By", SplitNumber = 4, SplitLine = new { Show = false } } },
        Series = new object[]
        {
            new { Name = "time of a micro-batch", Type = "bar", Unit = "s", YAxisIndex = 0, BarMaxWidth = 40, ItemStyle = new { Color = "var(--chart-1)" }, Data = plan.StageSeconds },
            new { Name = "memory", Type = "bar", Unit = "By", YAxisIndex = 1, BarMaxWidth = 40, ItemStyle = new { Color = "var(--chart-2)" }, Data = plan.StageBytes },
        },
    };

    private static object Bar(string name, string color, IEnumerable<double> bytes) => new { Name = name, Type = "bar", Stack = "tier", Unit = "By", BarMaxWidth = 26, ItemStyle = new { Color = color }, Data = bytes };

    private static string Short(string name) => name.Length <= 28 ? name : $"{name[..27]}…";
}
