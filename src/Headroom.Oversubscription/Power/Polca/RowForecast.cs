namespace Headroom.Oversubscription.Power.Polca;

/// <summary>
/// What the row would draw at full clocks 40 s from now, learnt reading by reading: an exponentially weighted mean whose readings are on average as old as
/// the forecast is long, and the spread of its own errors upward. Its misses are then those of a forecast over that time; falls do not count, because a
/// row falls far when servers run idle and never rises as far.
/// </summary>
/// <param name="Mean">Expected demand, share of provisioned power at full clocks.</param>
/// <param name="Variance">Mean squared error of the readings above the forecast.</param>
/// <param name="Readings">Readings learnt from.</param>
/// <param name="Before">Clocks before the last command.</param>
/// <param name="LastSeconds">Time of the last reading, s from the start.</param>
public sealed record RowForecast(double Mean, double Variance, int Readings, ClockPlan Before, double LastSeconds)
{
    private const double SpreadMemorySeconds = 1800;
    private const double FirstDeviation = 0.03;

    /// <summary>Knows nothing but the first reading to come.</summary>
    public static RowForecast Start(ClockPlan plan) => new(0, FirstDeviation * FirstDeviation, 0, plan, 0);

    /// <summary>Learns from the demand seen now.</summary>
    public RowForecast Learn(double demand, double seconds, double horizonSeconds)
    {
        if (Readings == 0)
        {
            return this with { Mean = demand, Readings = 1, LastSeconds = seconds };
        }

        var step = Math.Max(seconds - LastSeconds, 0);
        var error = demand - Mean;
        var forget = 1 - Math.Exp(-step / horizonSeconds);
        var forgetSpread = 1 - Math.Exp(-step / SpreadMemorySeconds);
        return this with
        {
            Mean = Mean + (forget * error),
            Variance = error > 0 ? Variance + (forgetSpread * ((error * error) - Variance)) : Variance,
            Readings = Readings + 1,
            LastSeconds = seconds,
        };
    }

    /// <summary>The demand that is exceeded about as rarely as a normal error of that many deviations.</summary>
    public double Upper(double deviations) => Mean + (deviations * Math.Sqrt(Variance));
}
