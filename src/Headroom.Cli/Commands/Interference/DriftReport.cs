using Headroom.Cli.Reporting;
using Headroom.Interference.Drift;
using Headroom.Learning.Drift;

namespace Headroom.Cli.Commands.Interference;

/// <summary>What the drift scenario says, as figures and a table.</summary>
internal static class DriftReport
{
    /// <summary>Windows of the copy in which nothing shifts.</summary>
    public const int UnshiftedWindows = 1_000;

    public static IEnumerable<Figure> Figures(DriftScenarioResult scenario, DriftOptions options)
    {
        var shifted = scenario.Findings.Where(finding => finding.WasShifted).ToArray();
        // A metric without an alarm was not detected at all. Errors are told apart: a shift that hardly costs accuracy gives their alarm nothing to find.
        yield return new Figure("drift.detected_windows", Slowest([.. shifted.Where(finding => finding.IsFeature)]), "{window}", "confirm", options.Confirm);
        yield return new Figure("drift.detected_windows.errors", Slowest([.. shifted.Where(finding => !finding.IsFeature)]), "{window}");
        yield return Figure.Versus("drift.false_alarms", scenario.FalseAlarms, "{alarm}", "expected", options.FalseAlarmsPerWindow * scenario.UnshiftedWindows);
        yield return new Figure("drift.wrong_metrics", scenario.Findings.Count(finding => !finding.WasShifted), "{metric}");
        yield return new Figure("drift.mae_effect", scenario.TrueMaeEffect, "ratio");
        yield return new Figure(
            "drift.mae_effect_error",
            shifted.Where(finding => finding is { IsFeature: true, MaeEffect: not null }).Select(finding => Math.Abs(finding.MaeEffect!.Value - finding.TrueMaeEffect!.Value)).Max(error => (double?)error),
            "ratio");
    }

    public static Table Alarms(DriftScenarioResult scenario) => new(
        "alarms",
        ["metric", "shifted", "windows_until_alarm", "said_to_begin_after", "mae_effect", "true_mae_effect"],
        [
            .. scenario.Findings.Select(finding => (IReadOnlyList<object?>)
                [finding.Metric, finding.WasShifted ? "yes" : "no", finding.Windows, finding.SinceWindows, finding.MaeEffect, finding.TrueMaeEffect]),
        ]);

    private static double? Slowest(DriftFinding[] findings) => findings.All(finding => finding.Windows is not null) ? findings.Max(finding => finding.Windows) : null;
}
