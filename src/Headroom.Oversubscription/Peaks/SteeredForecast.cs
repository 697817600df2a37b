using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>
/// A forecast per host with a steered bound above it, followed advice by advice: what it would have advised, how often that was
/// exceeded, and how much it left free lately.
/// </summary>
internal sealed class SteeredForecast(FleetTrace fleet, PeakSettings settings)
{
    /// <summary>Advices after which an old one counts half in <see cref="RecentlyReclaimed"/>: a day of hourly ones.</summary>
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(1);

    private readonly SteeredBound _bound = new(settings.Risk, Math.Max(4_000, 24 * fleet.Hosts.Count * settings.HorizonWindows));
    private readonly double _keep = Math.Pow(0.5, settings.HorizonWindows / (double)fleet.WindowsIn(HalfLife));
    private (int At, double[] Forecasts, double[] Scales, double[] Advice)? _open;
    private double _reclaimed;
    private double _weight;

    /// <summary>Share of the promises that its own advice left free, old advices counting less.</summary>
    public double RecentlyReclaimed => _weight == 0 ? 0 : _reclaimed / _weight;

    /// <summary>Fills the bound with an outcome of the past that the forecast had not seen.</summary>
    public void Prime(int at, double[] forecasts, double[] scales) => Remember(at, at + settings.HorizonWindows, forecasts, scales);

    /// <summary>Bounds a forecast; both arrays per host, in the resource's unit.</summary>
    public double[] Advise(int now, double[] forecasts, double[] scales)
    {
        var distance = _bound.Distance();
        var advice = fleet.Hosts
            .Select((host, index) => Math.Clamp(forecasts[index] + (distance * scales[index]), 0, host.Requested[now]))
            .ToArray();
        _open = (now, forecasts, scales, advice);
        return advice;
    }

    /// <summary>Learns what came of the last advice.</summary>
    public void Settle(int now)
    {
        if (_open is not { } open)
        {
            return;
        }

        var end = Math.Min(now, open.At + settings.HorizonWindows);
        var missed = 0;
        double promised = 0, free = 0;
        for (var host = 0; host < fleet.Hosts.Count; host++)
        {
            for (var window = open.At; window < end; window++)
            {
                missed += Excess.IsAbove(fleet.Hosts[host].Total[window], open.Advice[host]) ? 1 : 0;
                promised += fleet.Hosts[host].Requested[window];
                free += Math.Max(0, fleet.Hosts[host].Requested[window] - open.Advice[host]);
            }
        }

        Remember(open.At, end, open.Forecasts, open.Scales);
        _bound.Settle(missed / (double)((end - open.At) * fleet.Hosts.Count));
        _reclaimed = (_reclaimed * _keep) + (promised == 0 ? 0 : free / promised);
        _weight = (_weight * _keep) + 1;
    }

    private void Remember(int from, int to, double[] forecasts, double[] scales)
    {
        for (var host = 0; host < fleet.Hosts.Count; host++)
        {
            for (var window = from; window < to; window++)
            {
                _bound.Remember((fleet.Hosts[host].Total[window] - forecasts[host]) / scales[host]);
            }
        }
    }
}
