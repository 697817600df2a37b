using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Backtest;

/// <summary>Adds up how advice held against what came.</summary>
internal sealed class AdviceScore(string predictor)
{
    private readonly List<AdvicePoint> _hourly = [];
    private long _windows;
    private long _violations;
    private long _advices;
    private long _missedPeaks;
    private double _excess;
    private double _worst;
    private double _promised;
    private double _free;
    private long _machines;
    private long _hosts;

    /// <summary>Judges one advice per host over its horizon; a host that promises nothing is left out.</summary>
    public void Add(FleetTrace fleet, int start, int horizonWindows, double[] advice)
    {
        long windows = 0, violations = 0;
        double promised = 0, free = 0, nearest = 0;
        for (var index = 0; index < advice.Length; index++)
        {
            var host = fleet.Hosts[index];
            var missed = false;
            var peak = 0.0;
            for (var window = start; window < start + horizonWindows; window++)
            {
                var requested = host.Requested[window];
                if (requested == 0)
                {
                    continue;
                }

                windows++;
                peak = Math.Max(peak, host.Total[window]);
                promised += requested;
                free += Math.Max(0, requested - advice[index]);
                if (Excess.IsAbove(host.Total[window], advice[index]))
                {
                    violations++;
                    missed = true;
                    var excess = (host.Total[window] - advice[index]) / requested;
                    _excess += excess;
                    _worst = Math.Max(_worst, excess);
                }
            }

            nearest = Math.Max(nearest, advice[index] > 0 ? peak / advice[index] : 0);
            _advices++;
            _missedPeaks += missed ? 1 : 0;
        }

        _windows += windows;
        _violations += violations;
        _promised += promised;
        _free += free;
        _hourly.Add(new AdvicePoint(start, windows == 0 ? 0 : violations / (double)windows, promised == 0 ? 0 : free / promised, nearest));
        if (MachinesNeeded.For(fleet, start, advice) is { } machines)
        {
            _machines += machines;
            _hosts += advice.Length;
        }
    }

    public PredictorResult Result() => new(
        predictor,
        _windows,
        _windows == 0 ? 0 : _violations / (double)_windows,
        _violations == 0 ? null : _excess / _violations,
        _violations == 0 ? null : _worst,
        _promised == 0 ? 0 : _free / _promised,
        _advices == 0 ? 0 : _missedPeaks / (double)_advices,
        _hosts == 0 ? 0 : 1 - (_machines / (double)_hosts),
        _hourly);
}
