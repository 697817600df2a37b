namespace Headroom.Oversubscription.Power.Polca;

/// <summary>The law by which a busy server's power follows the clock; the simulator's servers have it too.</summary>
public static class ClockPower
{
    /// <summary>Share of a busy server's power that follows the clock.</summary>
    private const double DynamicShare = 0.65;

    private const double Exponent = 1.13;

    /// <summary>Share of the power at full clock that is left.</summary>
    /// <param name="clockRatio">Share of the full clock, 0 to 1.</param>
    public static double Remaining(double clockRatio) => 1 - (DynamicShare * (1 - Math.Pow(clockRatio, Exponent)));
}
