using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Backtest;

/// <summary>
/// Gives advice at every horizon of a trace from its past alone and holds it against what came: the method of Bashir et al.
/// (EuroSys 2021), with the peak oracle beside it. Deterministic.
/// </summary>
public static class Replay
{
    /// <summary>Runs all predictors; progress is the share done, 0 to 1.</summary>
    public static BacktestResult Run(FleetTrace fleet, IReadOnlyList<IPeakPredictor> predictors, PeakSettings settings, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var starts = Enumerable.Range(0, Math.Max(0, (fleet.Windows - settings.WarmUpWindows) / settings.HorizonWindows))
            .Select(index => settings.WarmUpWindows + (index * settings.HorizonWindows))
            .ToArray();
        if (starts.Length == 0)
        {
            throw new TraceException($"{fleet.Name} has {fleet.Windows} windows; expected more than the warm-up of {settings.WarmUpWindows} and a horizon of {settings.HorizonWindows}");
        }

        var results = new List<PredictorResult>();
        foreach (var predictor in predictors)
        {
            var session = predictor.Start(fleet, settings);
            var score = new AdviceScore(predictor.Name);
            foreach (var (start, index) in starts.Select((start, index) => (start, index)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                score.Add(fleet, start, settings.HorizonWindows, session.Advise(start, cancellationToken));
                progress?.Report((results.Count + ((index + 1.0) / starts.Length)) / predictors.Count);
            }

            results.Add(score.Result());
        }

        var oracle = new AdviceScore("oracle");
        foreach (var start in starts)
        {
            oracle.Add(fleet, start, settings.HorizonWindows, PeakOracle.Advise(fleet, start, settings.HorizonWindows));
        }

        return new BacktestResult(fleet.Name, oracle.Result().Reclaimed, results);
    }
}
