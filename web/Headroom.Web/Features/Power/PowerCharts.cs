using Headroom.Oversubscription.Power.Rows;

namespace Headroom.Web.Features.Power;

/// <summary>The page's charts as ECharts options.</summary>
internal static class PowerCharts
{
    private const double SecondsPerDay = 86_400;

    private static readonly string[] LevelNames = ["free", "T1", "T2", "T2, high too", "brake"];
    private static readonly string[] Colours = ["var(--chart-8)", "var(--chart-1)", "var(--chart-3)"];

    /// <summary>Mean and peak of the row's power, with the thresholds as lines.</summary>
    public static object Course(PowerSimulationAnswer answer, PolicyAnswer policy) => new
    {
        Grid = new { Left = 8, Right = 56, Top = 30, Bottom = 8, ContainLabel = true },
        Legend = new { Top = 0, Left = 0 },
        Tooltip = new { Trigger = "axis", Unit = "1" },
        XAxis = Days(),
        YAxis = new { Type = "value", Unit = "1", Scale = true, SplitNumber = 4, Max = Math.Max(Math.Ceiling(policy.PeakReading * 20) / 20, 1.05) },
        Series = new object[]
        {
            Line("peak of the stretch", policy, point => point.Peak, "var(--chart-2)", 1, null),
            Line("mean", policy, point => point.Mean, "var(--chart-1)", 1.6, new
            {
                Symbol = "none",
                Silent = true,
                Label = new { Position = "end", Formatter = "{b}" },
                Data = new object[]
                {
                    Mark("T1", answer.Settings.Polca.T1, "var(--calm)"), Mark("T2", answer.Settings.Polca.T2, "var(--warn)"), Mark("brake", answer.Settings.Polca.BrakeAbove, "var(--bad)"),
                },
            }),
        },
    };

    /// <summary>The hardest level of each stretch.</summary>
    public static object Levels(PolicyAnswer policy) => new
    {
        Grid = new { Left = 8, Right = 56, Top = 8, Bottom = 8, ContainLabel = true },
        Tooltip = new { Trigger = "axis" },
        XAxis = Days(),
        YAxis = new { Type = "category", Data = LevelNames },
        Series = new object[]
        {
            new
            {
                Name = "level", Type = "line", Step = "end", Symbol = "none", LineStyle = new { Color = "var(--chart-1)", Width = 1.4 }, ItemStyle = new { Color = "var(--chart-1)" },
                AreaStyle = new { Color = "var(--chart-1)", Opacity = 0.15 },
                Data = policy.Series.Select(point => new[] { Day(point), (double)(int)point.Level }).ToArray(),
            },
        },
    };

    /// <summary>Probability of a brake by servers, a line per policy, thin lines for the intervals.</summary>
    public static object Risk(PowerSimulationAnswer answer)
    {
        var policies = answer.Risks.GroupBy(risk => risk.Policy).ToArray();
        return new
        {
            Grid = new { Left = 8, Right = 24, Top = 30, Bottom = 24, ContainLabel = true },
            Legend = new { Top = 0, Left = 0, Data = policies.Select(policy => policy.Key).ToArray() },
            Tooltip = new { Trigger = "item", Unit = "1" },
            XAxis = new { Type = "value", Name = "servers", NameLocation = "middle", NameGap = 26, Scale = true, MinInterval = 1 },
            YAxis = new { Type = "value", Unit = "1", Min = 0, Max = 1 },
            Series = policies.SelectMany((policy, index) => RiskLines(policy.Key, [.. policy], Colours[index % Colours.Length], (index - 1) * 0.12)).ToArray(),
        };
    }

    // Shifted a little sideways, so that equal probabilities do not hide each other.
    private static IEnumerable<object> RiskLines(string name, IReadOnlyList<BrakeRisk> risks, string colour, double shift) =>
    [
        new
        {
            Name = name, Type = "line", Symbol = "circle", SymbolSize = 8, LineStyle = new { Color = colour, Width = 1.6 }, ItemStyle = new { Color = colour },
            Data = risks.Select(risk => new[] { risk.Servers + shift, risk.Probability }).ToArray(),
            MarkLine = new
            {
                Symbol = "none", Silent = true, Label = new { Show = false }, LineStyle = new { Color = colour, Width = 1.2, Type = "solid", Opacity = 0.7 },
                Data = risks.Select(risk => new[] { new { Coord = new[] { risk.Servers + shift, risk.Lower } }, new { Coord = new[] { risk.Servers + shift, risk.Upper } } }).ToArray(),
            },
        },
    ];

    private static object Days() => new { Type = "value", Name = "days", NameLocation = "end", Min = 0, AxisLabel = new { HideOverlap = true } };

    private static object Line(string name, PolicyAnswer policy, Func<RowPoint, double> value, string colour, double width, object? marks) => new
    {
        Name = name,
        Type = "line",
        Symbol = "none",
        LineStyle = new { Color = colour, Width = width },
        ItemStyle = new { Color = colour },
        Data = policy.Series.Select(point => new[] { Day(point), value(point) }).ToArray(),
        MarkLine = marks,
    };

    private static object Mark(string name, double at, string colour) => new { Name = name, YAxis = at, LineStyle = new { Color = colour, Type = "dashed", Width = 1.2 }, Label = new { Color = colour } };

    private static double Day(RowPoint point) => Math.Round(point.StartSeconds / SecondsPerDay, 4);
}
