using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>Tries every predictor on a host's own past and takes the advice of ours, unless it broke the risk or lies below the rules' Pareto line there.</summary>
internal static class HostForecast
{
    /// <summary>Windows below which nothing is forecast.</summary>
    public const int FewestWindows = 36;

    /// <summary>Advices that a past must hold, so that a forecast is never seen for the first time.</summary>
    private const int FewestAdvices = 4;

    private const int FewestPeaks = 5;

    /// <summary>Probability below which chance does not explain that the risk was not kept.</summary>
    private const double Chance = 0.05;

    /// <summary>For how many windows advice can be given: the horizon asked for, or a twelfth of a short past.</summary>
    public static int HorizonWindows(RecommendationInputs inputs) =>
        Math.Max(1, Math.Min((int)Math.Round(inputs.Settings.Horizon.TotalSeconds / inputs.WindowSeconds), inputs.Windows / 12));

    /// <summary>Null where the past is too short for any forecast.</summary>
    public static PeakForecast? Make(RecommendationInputs inputs, FleetTrace fleet, CancellationToken cancellationToken)
    {
        var horizon = HorizonWindows(inputs);
        var warmUp = Math.Min(fleet.WindowsIn(TimeSpan.FromDays(1)), inputs.Windows / 3);
        if (inputs.Windows < FewestWindows || (inputs.Windows - warmUp) / horizon < FewestAdvices)
        {
            return null;
        }

        var settings = new PeakSettings(inputs.Settings.Risk, horizon, warmUp, inputs.Settings.Seed);
        var starts = Replay.Starts(fleet, settings, inputs.Windows);
        var runs = PeakPredictors.All.Select(predictor =>
        {
            var session = predictor.Start(fleet, settings);
            var result = Replay.Follow(session, predictor.Name, fleet, starts, settings, progress: null, cancellationToken);
            return (Result: result, Next: session.Advise(inputs.Windows, cancellationToken)[0]);
        }).ToArray();
        var oracle = Replay.Oracle(fleet, starts, settings);
        var backtest = new BacktestResult(fleet.Name, oracle.Reclaimed, [.. runs.Select(run => run.Result)]);
        var line = backtest.ParetoLine.Select(result => result.Predictor).ToHashSet();
        var rival = backtest.BestRival(PeakPredictors.Ours, settings.Risk)?.Predictor;
        var ours = runs.Single(run => run.Result.Predictor == PeakPredictors.Ours).Result;
        var holds = line.Contains(ours.Predictor) && !CoverageTest.IsBroken(ours.Windows, ours.ViolationRate, settings.Risk, Chance);
        var taken = holds || rival is null ? ours.Predictor : rival;
        var (chosen, next) = runs.Single(run => run.Result.Predictor == taken);
        var (lower, median, upper) = Peaks(chosen, next);
        return new PeakForecast(
            taken,
            next,
            median,
            lower,
            upper,
            horizon * inputs.WindowSeconds,
            oracle.Reclaimed,
            [.. backtest.Predictors.Select(result => new BacktestLine(result.Predictor, result.Windows, result.ViolationRate, result.Severity, result.Reclaimed, line.Contains(result.Predictor)))]);
    }

    private static (double? Lower, double? Median, double? Upper) Peaks(PredictorResult result, double advice)
    {
        var shares = result.Hourly.Select(point => point.PeakToAdvice).Order().ToArray();
        return shares.Length < FewestPeaks ? (null, null, null) : (At(0.05) * advice, At(0.5) * advice, At(0.95) * advice);

        double At(double level) => shares[Math.Clamp((int)Math.Ceiling(level * shares.Length) - 1, 0, shares.Length - 1)];
    }
}
