using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Backtest;

/// <summary>Knows the future: the smallest advice that is never exceeded within the horizon.</summary>
public static class PeakOracle
{
    /// <summary>The highest joint use of every host in the windows [start, start + horizon).</summary>
    public static double[] Advise(FleetTrace fleet, int start, int horizonWindows) => fleet.Hosts
        .Select(host => Highest(host.Total.Slice(start, horizonWindows)))
        .ToArray();

    private static double Highest(ReadOnlySpan<double> totals)
    {
        var highest = 0.0;
        foreach (var total in totals)
        {
            highest = Math.Max(highest, total);
        }

        return highest;
    }
}
