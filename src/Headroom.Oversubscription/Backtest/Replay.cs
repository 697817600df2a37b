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
    public static BacktestResult Run(FleetTrace fleet, IReadOnlyList<IPeakPredictor> predictors, PeakSettings settings, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Run(fleet, predictors, settings, [], _ => { }, progress, cancellationToken);

    /// <summary>Goes on where an earlier run stopped: predictors in <paramref name="done"/> are not run again.</summary>
    /// <param name="fleet">The trace.</param>
    /// <param name="predictors">Whom to try, in the order of the answer.</param>
    /// <param name="settings">Risk, horizon, warm-up, seed.</param>
    /// <param name="done">Results of the same run so far.</param>
    /// <param name="onResult">Told of every new result, so that it can be kept.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between two advices.</param>
    /// <exception cref="TraceException">The trace is shorter than the warm-up and one horizon.</exception>
    public static BacktestResult Run(
        FleetTrace fleet,
        IReadOnlyList<IPeakPredictor> predictors,
        PeakSettings settings,
        IReadOnlyList<PredictorResult> done,
        Action<PredictorResult> onResult,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var starts = Starts(fleet, settings, fleet.Windows);
        var results = new List<PredictorResult>();
        foreach (var predictor in predictors)
        {
            var result = done.FirstOrDefault(candidate => candidate.Predictor == predictor.Name);
            if (result is null)
            {
                var share = progress is null ? null : new Part(progress, results.Count / (double)predictors.Count, 1.0 / predictors.Count);
                result = Follow(predictor.Start(fleet, settings), predictor.Name, fleet, starts, settings, share, cancellationToken);
                onResult(result);
            }

            results.Add(result);
            progress?.Report(results.Count / (double)predictors.Count);
        }

        return new BacktestResult(fleet.Name, Oracle(fleet, starts, settings).Reclaimed, results);
    }

    /// <summary>The windows at which advice is given: every horizon from the warm-up on that ends within the first <paramref name="windows"/>.</summary>
    internal static int[] Starts(FleetTrace fleet, PeakSettings settings, int windows)
    {
        var starts = Enumerable.Range(0, Math.Max(0, (windows - settings.WarmUpWindows) / settings.HorizonWindows))
            .Select(index => settings.WarmUpWindows + (index * settings.HorizonWindows))
            .ToArray();
        return starts.Length > 0
            ? starts
            : throw new TraceException($"{fleet.Name} has {windows} windows; expected at least the warm-up of {settings.WarmUpWindows} and a horizon of {settings.HorizonWindows}");
    }

    /// <summary>Judges a session at every start.</summary>
    internal static PredictorResult Follow(IPeakSession session, string name, FleetTrace fleet, int[] starts, PeakSettings settings, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var score = new AdviceScore(name);
        foreach (var (index, start) in starts.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            score.Add(fleet, start, settings.HorizonWindows, session.Advise(start, cancellationToken));
            progress?.Report((index + 1.0) / starts.Length);
        }

        return score.Result();
    }

    /// <summary>What somebody who knows every horizon's peak would have left free.</summary>
    internal static PredictorResult Oracle(FleetTrace fleet, int[] starts, PeakSettings settings)
    {
        var oracle = new AdviceScore("oracle");
        foreach (var start in starts)
        {
            oracle.Add(fleet, start, settings.HorizonWindows, PeakOracle.Advise(fleet, start, settings.HorizonWindows));
        }

        return oracle.Result();
    }

    private sealed class Part(IProgress<double> whole, double from, double share) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (share * value));
    }
}
