using Headroom.Jobs.Alerts;
using Headroom.Storage.Model;

namespace Headroom.Web.Features.Alerts;

/// <summary>The page's chart as an ECharts option.</summary>
internal static class AlertCharts
{
    /// <summary>A signal over the past with its thresholds as lines, and a shade wherever the rule would have fired.</summary>
    public static object Preview(AlertRuleRow rule, AlertPreviewAnswer answer, PreviewChart chart) => new
    {
        Grid = new { Left = 8, Right = 72, Top = 12, Bottom = 8, ContainLabel = true },
        Tooltip = new { Trigger = "axis", Unit = answer.Unit },
        XAxis = new { Type = "time", Min = chart.Points[0].At.ToUnixTimeMilliseconds(), Max = answer.To.ToUnixTimeMilliseconds(), AxisLabel = new { HideOverlap = true } },
        YAxis = new { Type = "value", Unit = answer.Unit, Scale = true, SplitNumber = 4, Min = Lowest(rule, chart), Max = Highest(rule, chart), AxisLabel = new { ShowMinLabel = false } },
        Series = new object[]
        {
            new
            {
                Name = chart.Subject,
                Type = "line",
                Symbol = "none",
                LineStyle = new { Color = "var(--chart-1)", Width = 1.4 },
                ItemStyle = new { Color = "var(--chart-1)" },
                Data = chart.Points.Select(point => new object?[] { point.At.ToUnixTimeMilliseconds(), point.Value }).ToArray(),
                MarkLine = new
                {
                    Symbol = "none",
                    Silent = true,
                    Label = new { Position = "end", Formatter = "{b}" },
                    Data = rule.ClearThreshold == rule.Threshold
                        ? new object[] { Mark("fires", rule.Threshold, "var(--bad)") }
                        : [Mark("fires", rule.Threshold, "var(--bad)"), Mark("over", rule.ClearThreshold, "var(--good)")],
                },
                MarkArea = new
                {
                    Silent = true,
                    ItemStyle = new { Color = "var(--bad)", Opacity = 0.16 },
                    Data = chart.Episodes.Select(episode => new[]
                    {
                        new { XAxis = episode.FiredAt.ToUnixTimeMilliseconds() }, new { XAxis = (episode.EndedAt ?? answer.To).ToUnixTimeMilliseconds() },
                    }).ToArray(),
                },
            },
        },
    };

    private static object Mark(string name, double at, string colour) => new { Name = name, YAxis = at, LineStyle = new { Color = colour, Type = "dashed", Width = 1.2 }, Label = new { Color = colour } };

    // The thresholds are on the picture however far the values lie from them.
    private static double Lowest(AlertRuleRow rule, PreviewChart chart) => Math.Min(Values(chart).DefaultIfEmpty(0).Min(), Math.Min(rule.Threshold, rule.ClearThreshold));

    private static double Highest(AlertRuleRow rule, PreviewChart chart) => Math.Max(Values(chart).DefaultIfEmpty(0).Max(), Math.Max(rule.Threshold, rule.ClearThreshold));

    private static IEnumerable<double> Values(PreviewChart chart) => chart.Points.Select(point => point.Value).OfType<double>();
}
