using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>
/// Ours. Boosted trees forecast a high quantile of the host's joint use in the coming windows, learnt from the fleet's own past with
/// the well-known rules among the features. Every forecast, the trees' and the rules', gets a conformal bound that is steered to the
/// risk asked for; of these equally safe advices the one that lately left most free is given.
/// </summary>
internal sealed class JointForecast : IPeakPredictor
{
    public const string PredictorName = "headroom";

    public string Name => PredictorName;

    public string Rule => "quantile forecast of the host's total (boosted trees) and the rules beside it, each with a conformal bound steered to the risk; the one that lately left most free";

    public IPeakSession Start(FleetTrace fleet, PeakSettings settings) => new JointForecastSession(fleet, settings);
}

/// <summary>One replay of <see cref="JointForecast"/>.</summary>
internal sealed class JointForecastSession(FleetTrace fleet, PeakSettings settings) : IPeakSession
{
    private const double PrimingShare = 0.7;
    private static readonly TimeSpan RefitEvery = TimeSpan.FromHours(6);

    private readonly FeatureLog _log = new(fleet, settings);
    private readonly QuantileTrees _trees = new(fleet, settings);

    /// <summary>The trees first, then the rules.</summary>
    private readonly SteeredForecast[] _candidates = Enumerable.Range(0, 1 + FeatureLog.RuleCount).Select(_ => new SteeredForecast(fleet, settings)).ToArray();

    private int? _fittedAt;

    public double[] Advise(int now, CancellationToken cancellationToken)
    {
        var moment = _log.AdvanceTo(now, cancellationToken);
        if (now < settings.WarmUpWindows)
        {
            return fleet.Hosts.Select(host => host.Requested[now]).ToArray();
        }

        foreach (var candidate in _candidates)
        {
            candidate.Settle(now);
        }

        if (_fittedAt is null)
        {
            Prime(now, cancellationToken);
        }

        if (_fittedAt is not { } fitted || now - fitted >= fleet.WindowsIn(RefitEvery))
        {
            _trees.Fit(_log.Moments, now, cancellationToken);
            _fittedAt = now;
        }

        var advices = _candidates.Select((candidate, index) =>
        {
            var (forecasts, scales) = Forecast(index, moment);
            return (Advice: candidate.Advise(now, forecasts, scales), candidate.RecentlyReclaimed);
        }).ToArray();
        return advices.MaxBy(candidate => candidate.RecentlyReclaimed).Advice;
    }

    /// <summary>The first bounds come from windows that the trees had not seen: fit on the older part, score the newer one.</summary>
    private void Prime(int now, CancellationToken cancellationToken)
    {
        var cut = (int)(now * PrimingShare);
        _trees.Fit(_log.Moments, cut, cancellationToken);
        foreach (var moment in _log.Moments.Where(moment => moment.At >= cut && moment.At + settings.HorizonWindows <= now))
        {
            for (var index = 0; index < _candidates.Length; index++)
            {
                var (forecasts, scales) = Forecast(index, moment);
                _candidates[index].Prime(moment.At, forecasts, scales);
            }
        }
    }

    private (double[] Forecasts, double[] Scales) Forecast(int candidate, FeatureLog.Moment moment)
    {
        if (candidate == 0)
        {
            return (_trees.Forecast(moment), moment.Scales);
        }

        var rule = moment.Rules[candidate - 1];
        return (rule, rule.Select((advice, host) => advice + (0.01 * fleet.Hosts[host].Requested[moment.At]) + double.Epsilon).ToArray());
    }
}
