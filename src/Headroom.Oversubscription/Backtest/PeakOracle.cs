using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Backtest;

/// <summary>Knows the future: the smallest advice that is never exceeded within the horizon.</summary>
public static class PeakOracle
{
    private const int BisectionSteps = 60;

    /// <summary>The highest joint use of every host in the windows [start, start + horizon).</summary>
    public static double[] Advise(FleetTrace fleet, int start, int horizonWindows) => fleet.Hosts
        .Select(host => Highest(host.Total.Slice(start, horizonWindows)))
        .ToArray();

    /// <summary>
    /// The most that anybody could reclaim who may miss a share of the windows: knows the future, and spends its misses where they free most (one price of a missed
    /// window for all advices, found by bisection). Share of the promises, 0 to 1.
    /// </summary>
    /// <param name="fleet">The trace.</param>
    /// <param name="settings">Risk, horizon and warm-up of the replay.</param>
    public static double ReclaimedAtRisk(FleetTrace fleet, PeakSettings settings)
    {
        var cases = Replay.Starts(fleet, settings, fleet.Windows)
            .SelectMany(start => fleet.Hosts.Select(host => new Case(host, start, settings.HorizonWindows)))
            .ToArray();
        double low = 0, high = cases.Max(one => one.Sorted[0]) * settings.HorizonWindows;
        for (var step = 0; step < BisectionSteps; step++)
        {
            var price = (low + high) / 2;
            var missed = cases.Sum(one => one.Missed(price)) / (double)(cases.Length * settings.HorizonWindows);
            (low, high) = missed > settings.Risk ? (price, high) : (low, price);
        }

        var promised = cases.Sum(one => one.Promised);
        return promised == 0 ? 0 : cases.Sum(one => one.Free(high)) / promised;
    }

    private static double Highest(ReadOnlySpan<double> totals)
    {
        var highest = 0.0;
        foreach (var total in totals)
        {
            highest = Math.Max(highest, total);
        }

        return highest;
    }

    /// <summary>One advice of the future's knower: how many of its windows it misses at a price.</summary>
    private sealed class Case
    {
        private readonly double[] _requested;

        public Case(HostSeries host, int start, int horizonWindows)
        {
            Sorted = [.. host.Total.Slice(start, horizonWindows).ToArray().OrderDescending()];
            _requested = host.Requested.Slice(start, horizonWindows).ToArray();
        }

        /// <summary>Use per window, the highest first.</summary>
        public double[] Sorted { get; }

        public double Promised => _requested.Sum();

        /// <summary>Advising the use of the window after the highest ones misses those and no others.</summary>
        public int Missed(double price) => Enumerable.Range(0, Sorted.Length).MinBy(missed => (Sorted[missed] * Sorted.Length) + (price * missed));

        public double Free(double price)
        {
            var advice = Sorted[Missed(price)];
            return _requested.Sum(requested => Math.Max(0, requested - advice));
        }
    }
}
