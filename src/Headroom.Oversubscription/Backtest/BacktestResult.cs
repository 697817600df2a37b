using Headroom.Learning.Conformal;

namespace Headroom.Oversubscription.Backtest;

/// <summary>How one predictor did over a replay.</summary>
/// <param name="Predictor">Its name.</param>
/// <param name="Windows">Host windows judged.</param>
/// <param name="ViolationRate">Share of them whose use exceeded the advice, 0 to 1.</param>
/// <param name="Severity">Mean excess over the advice in those windows, as a share of what was promised; null without a violation.</param>
/// <param name="WorstSeverity">Largest such excess; null without a violation.</param>
/// <param name="Reclaimed">Share of what was promised that the advice left free, 0 to 1.</param>
/// <param name="PeakMissRate">Share of advices that lay below the highest use of their horizon (the peak oracle).</param>
/// <param name="MachinesSaved">Share of the hosts that could be switched off if hosts were packed onto each other by the advice, 0 to 1.</param>
/// <param name="Hourly">Violation rate and reclaimed share per advice, in order of time.</param>
public sealed record PredictorResult(
    string Predictor,
    long Windows,
    double ViolationRate,
    double? Severity,
    double? WorstSeverity,
    double Reclaimed,
    double PeakMissRate,
    double MachinesSaved,
    IReadOnlyList<AdvicePoint> Hourly)
{
    private const double Normal95 = 1.96;

    /// <summary>How much may be promised over what the advice keeps: the ratio that is sold.</summary>
    public double SafeRatio => 1 / Math.Max(1 - Reclaimed, 1e-9);

    /// <summary>
    /// 95 % interval of the violation rate. Windows under one advice fail together, so advices are what counts: the mean over them and its standard error; null where they do not differ.
    /// </summary>
    public Interval? ViolationInterval
    {
        get
        {
            if (Hourly.Count < 2)
            {
                return null;
            }

            var mean = Hourly.Average(point => point.ViolationRate);
            var variance = Hourly.Sum(point => (point.ViolationRate - mean) * (point.ViolationRate - mean)) / (Hourly.Count - 1);
            var reach = Normal95 * Math.Sqrt(variance / Hourly.Count);
            return variance == 0 ? null : new Interval(Math.Max(0, ViolationRate - reach), Math.Min(1, ViolationRate + reach));
        }
    }
}

/// <summary>All hosts' outcome of the advice given at one window.</summary>
/// <param name="Window">When it was given.</param>
/// <param name="ViolationRate">Share of the following host windows that exceeded it.</param>
/// <param name="Reclaimed">Share of the promises that it left free.</param>
/// <param name="PeakToAdvice">Highest use over advice, of the host where that was largest; above 1 the advice was exceeded.</param>
public sealed record AdvicePoint(int Window, double ViolationRate, double Reclaimed, double PeakToAdvice);

/// <summary>All predictors on one trace.</summary>
/// <param name="Trace">Name of the trace.</param>
/// <param name="OracleReclaimed">What an oracle that knows every horizon's peak leaves free, 0 to 1.</param>
/// <param name="Predictors">Results in the order of the predictors.</param>
public sealed record BacktestResult(string Trace, double OracleReclaimed, IReadOnlyList<PredictorResult> Predictors)
{
    /// <summary>Of all rivals that kept the risk, the one that left most free; null when none kept it.</summary>
    public PredictorResult? BestRival(string ours, double risk) => Predictors
        .Where(predictor => predictor.Predictor != ours && predictor.ViolationRate <= risk)
        .MaxBy(predictor => predictor.Reclaimed);

    /// <summary>Share of the way from a rival to the oracle that another predictor went; null where the rival leaves no way.</summary>
    public double? GapClosed(PredictorResult ours, PredictorResult rival) =>
        OracleReclaimed <= rival.Reclaimed ? null : (ours.Reclaimed - rival.Reclaimed) / (OracleReclaimed - rival.Reclaimed);

    /// <summary>The predictors that no other one beats in both violation rate and reclaimed share.</summary>
    public IEnumerable<PredictorResult> ParetoLine => Predictors
        .Where(one => !Predictors.Any(other =>
            other.ViolationRate <= one.ViolationRate && other.Reclaimed >= one.Reclaimed
            && (other.ViolationRate < one.ViolationRate || other.Reclaimed > one.Reclaimed)))
        .OrderBy(one => one.ViolationRate);
}
