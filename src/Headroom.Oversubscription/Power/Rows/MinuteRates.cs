namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Turns a row's power trace into request rates: the load curve read backwards, times bursts of a minute or so that hit all servers together.</summary>
internal static class MinuteRates
{
    private const double BurstMinutes = 1;

    /// <summary>Requests per second and server, minute by minute.</summary>
    public static double[] Of(RowTrace trace, LoadCurve curve, RowSettings settings, int seed)
    {
        var random = new Xoshiro(seed, int.MaxValue - 2);
        var keep = Math.Exp(-1 / BurstMinutes);
        double burst = 0;
        return Array.ConvertAll(trace.Minutes, share =>
        {
            burst = (keep * burst) + (Math.Sqrt(1 - (keep * keep)) * settings.Burst * random.NextNormal());
            return curve.RateAt(share) * Math.Exp(burst - (settings.Burst * settings.Burst / 2));
        });
    }
}
