using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>One row, one load, one policy.</summary>
/// <param name="Servers">Servers in the row.</param>
/// <param name="Policy">Who holds the row's power.</param>
/// <param name="Settings">The row.</param>
/// <param name="Load">Requests and what they cost.</param>
/// <param name="Curve">Power against request rate.</param>
/// <param name="Trace">Row power to follow; every server beyond the provisioned ones brings as much load as the others.</param>
/// <param name="Seed">Seed of arrivals and bursts; the same for all policies, so that they face the same requests.</param>
public sealed record RowScenario(int Servers, IPowerPolicy Policy, RowSettings Settings, RowLoad Load, LoadCurve Curve, RowTrace Trace, int Seed)
{
    private const double BusiestShare = 0.01;
    private const int MinutesBefore = 8;
    private const int MinutesAfter = 2;

    /// <summary>Requests per second and server in every minute, bursts included.</summary>
    public double[] Rates { get; private init; } = MinuteRates.Of(Trace, Curve, Settings, Seed);

    /// <summary>
    /// Only the busiest hundredth of the minutes and those around them, so that rises into them stay what they are: where a row brakes, if it does. Enough to rule
    /// a number of servers out, not to rule it in.
    /// </summary>
    public RowScenario Busiest()
    {
        var threshold = Rates.OrderDescending().ElementAt((int)(BusiestShare * Rates.Length));
        var kept = new bool[Rates.Length];
        foreach (var (minute, rate) in Rates.Index())
        {
            if (rate >= threshold)
            {
                kept.AsSpan(Math.Max(0, minute - MinutesBefore)..Math.Min(Rates.Length, minute + MinutesAfter + 1)).Fill(true);
            }
        }

        int[] minutes = [.. Enumerable.Range(0, kept.Length).Where(minute => kept[minute])];
        return this with { Trace = Trace with { Minutes = Array.ConvertAll(minutes, minute => Trace.Minutes[minute]) }, Rates = Array.ConvertAll(minutes, minute => Rates[minute]) };
    }
}
