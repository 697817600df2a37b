namespace Headroom.Oversubscription.Power.Rows;

/// <summary>How likely a row of so many servers is to brake at least once in the simulated time.</summary>
/// <param name="Servers">Servers in the row.</param>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Weeks">Simulated time, weeks.</param>
/// <param name="Runs">Runs with different seeds.</param>
/// <param name="Braked">Runs that braked.</param>
public sealed record BrakeProbability(int Servers, string Policy, double Weeks, int Runs, int Braked)
{
    private const double Deviations95 = 1.959964;

    /// <summary>Share of runs that braked.</summary>
    public double Value => Braked / (double)Runs;

    /// <summary>95 % interval after Wilson (1927): honest also where no run braked.</summary>
    public (double Lower, double Upper) Interval95
    {
        get
        {
            var z2 = Deviations95 * Deviations95;
            var middle = (Value + (z2 / (2 * Runs))) / (1 + (z2 / Runs));
            var half = Deviations95 / (1 + (z2 / Runs)) * Math.Sqrt((Value * (1 - Value) / Runs) + (z2 / (4.0 * Runs * Runs)));
            // The ends of a share of none or all are exact in theory; rounding must not put them on the wrong side of it.
            return (Math.Clamp(middle - half, 0, Value), Math.Clamp(middle + half, Value, 1));
        }
    }
}
