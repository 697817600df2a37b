namespace Headroom.Learning.Drift;

/// <summary>
/// Holds windows against training, one after the other: every feature by a test chosen by sample size, errors and coverage by martingales. The accepted rate of
/// false alarms is shared among the three. Not safe for several threads at once.
/// </summary>
public sealed class DriftMonitor
{
    private readonly DriftReference _reference;
    private readonly DriftOptions _options;
    private readonly double[][] _sorted;
    private readonly int[] _inARow;
    private readonly DateTimeOffset[] _since;
    private readonly DriftAlarm?[] _alarms;
    private readonly double _significance;
    private readonly double _limit;
    private readonly ResidualWatch _residual;
    private readonly CoverageWatch _coverage;
    private double _effect;

    /// <param name="reference">How it looked in training.</param>
    /// <param name="options">When something counts as drift.</param>
    /// <param name="seed">Decides between equal errors.</param>
    public DriftMonitor(DriftReference reference, DriftOptions options, int seed)
    {
        (_reference, _options) = (reference, options);
        _sorted = [.. Enumerable.Range(0, reference.Features.Count).Select(feature => reference.Rows.Select(row => (double)row[feature]).Where(double.IsFinite).Order().ToArray())];
        (_inARow, _since, _alarms) = (new int[_sorted.Length], new DateTimeOffset[_sorted.Length], new DriftAlarm?[_sorted.Length]);
        var rate = options.FalseAlarmsPerWindow / 3;
        // A false alarm of a feature takes as many chance hits in a row as confirm one.
        _significance = Math.Pow(rate / Math.Max(1, _sorted.Length), 1.0 / options.Confirm);
        _limit = 1 / rate;
        (_residual, _coverage) = (new ResidualWatch(seed), new CoverageWatch(options.Level, options.CoverageTolerance));
    }

    /// <summary>Share of the features that drifted in the newest window, 0 to 1.</summary>
    public double DriftingShare => _inARow.Length == 0 ? 0 : _inARow.Count(count => count >= _options.Confirm) / (double)_inARow.Length;

    /// <summary>Looks at the next window; returns everything that is not as in training now. A window without rows, or without errors, says nothing about these.</summary>
    public IReadOnlyList<DriftAlarm> Observe(DriftWindow window)
    {
        for (var feature = 0; window.Rows.Length > 0 && feature < _sorted.Length; feature++)
        {
            _alarms[feature] = Look(window, feature);
        }

        if (window.Errors.Length > 0)
        {
            var error = window.Errors.Average();
            _residual.Observe(error, window.At);
            _coverage.Observe(window.Covered, window.At);
            _effect = error - _reference.Residuals.Average(Math.Abs);
        }

        List<DriftAlarm> alarms = [.. _alarms.OfType<DriftAlarm>()];
        Add(DriftAlarm.Residual, _residual.Martingale, _effect);
        Add(DriftAlarm.Coverage, _coverage.Martingale, null);
        return alarms;

        void Add(string metric, BettingMartingale martingale, double? effect)
        {
            if (martingale.Value >= _limit)
            {
                alarms.Add(new DriftAlarm(metric, "betting martingale", martingale.Since ?? window.At, martingale.Value, _limit, effect));
            }
        }
    }

    private DriftAlarm? Look(DriftWindow window, int feature)
    {
        double[] values = [.. window.Rows.Select(row => (double)row[feature])];
        if (FeatureTest.Of(_sorted[feature], values, _significance, _options) is not { IsDrift: true } test)
        {
            _inARow[feature] = 0;
            return null;
        }

        if (_inARow[feature]++ == 0)
        {
            _since[feature] = window.At;
        }

        return _inARow[feature] < _options.Confirm
            ? null
            : new DriftAlarm(
                _reference.Features[feature], test.Test, _since[feature], test.Statistic, test.Threshold,
                window.Moves is { } moves ? MaeEffect.Of(_reference.Residuals, moves(feature, MaeEffect.PutBack(_sorted[feature], values))) : null);
    }
}
