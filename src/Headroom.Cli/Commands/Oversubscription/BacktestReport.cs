using Headroom.Cli.Reporting;
using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Cli.Commands.Oversubscription;

/// <summary>A backtest in the shape of every report.</summary>
internal static class BacktestReport
{
    public static Report Make(string command, FleetTrace fleet, PeakSettings settings, BacktestResult result)
    {
        var ours = result.Predictors.Single(predictor => predictor.Predictor == PeakPredictors.Ours);
        var rival = result.BestRival(PeakPredictors.Ours, settings.Risk);
        var line = result.ParetoLine.ToHashSet();
        return new Report(
            command,
            Machine.Read(),
            settings.Seed,
            [
                Figure.Versus("ours.violation_rate", ours.ViolationRate, "1", "risk asked for", settings.Risk),
                rival is null
                    ? new Figure("ours.reclaimed", ours.Reclaimed, "1")
                    : Figure.Versus("ours.reclaimed", ours.Reclaimed, "1", rival.Predictor, rival.Reclaimed),
                new Figure("oracle.reclaimed", result.OracleReclaimed, "1"),
                new Figure("oracle.reclaimed_at_risk", PeakOracle.ReclaimedAtRisk(fleet, settings), "1", "the most that anybody could reclaim who may miss the risk's share of windows"),
                rival is null
                    ? new Figure("ours.safe_ratio", ours.SafeRatio, "1")
                    : Figure.Versus("ours.safe_ratio", ours.SafeRatio, "1", rival.Predictor, rival.SafeRatio),
                new Figure("ours.more_promised", rival is null ? null : (ours.SafeRatio / rival.SafeRatio) - 1, "1", "how much more may be promised on the same machines than by the best rival"),
                new Figure("oracle.more_promised", rival is null ? null : ((1 / (1 - result.OracleReclaimed)) / rival.SafeRatio) - 1, "1", "the same for somebody who knows every peak"),
                new Figure("ours.gap_closed", rival is null ? null : result.GapClosed(ours, rival), "1", "share of the way from the best rival to the oracle"),
                rival is null
                    ? new Figure("ours.machines_saved", ours.MachinesSaved, "1")
                    : Figure.Versus("ours.machines_saved", ours.MachinesSaved, "1", rival.Predictor, rival.MachinesSaved),
                new Figure("hosts", fleet.Hosts.Count, "{host}"),
            ],
            [
                new Table(
                    "predictors",
                    ["predictor", "violation_rate", "violation_lower_95", "violation_upper_95", "reclaimed", "safe_ratio", "severity_mean", "severity_worst", "peak_miss_rate", "machines_saved", "pareto", "rule"],
                    result.Predictors
                        .Select(predictor => (IReadOnlyList<object?>)
                        [
                            predictor.Predictor,
                            predictor.ViolationRate,
                            predictor.ViolationInterval?.Lower,
                            predictor.ViolationInterval?.Upper,
                            predictor.Reclaimed,
                            predictor.SafeRatio,
                            predictor.Severity,
                            predictor.WorstSeverity,
                            predictor.PeakMissRate,
                            predictor.MachinesSaved,
                            line.Contains(predictor) ? "yes" : "no",
                            PeakPredictors.All.Single(candidate => candidate.Name == predictor.Predictor).Rule,
                        ])
                        .ToArray()),
            ]);
    }
}
