using System.ComponentModel.DataAnnotations;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>
/// Power of one GPU server from the power of its GPUs, and how both follow the clock. Shares are of the GPUs' TDP. Fans, CPUs and supplies follow the
/// GPUs: a straight line from idle to full, as in splitwise-sim's DGX-A100.
/// </summary>
public sealed record ServerModel
{
    /// <summary>Wall power with idle GPUs, W (default 1500, DGX-A100).</summary>
    [Range(0, 100_000)]
    public double IdleWatts { get; init; } = 1500;

    /// <summary>Wall power with all GPUs at TDP, and what the row reserves per server, W (default 6500).</summary>
    [Range(1, 100_000)]
    public double FullWatts { get; init; } = 6500;

    /// <summary>Idle GPU power as a share of TDP (default 63 W of 400 W).</summary>
    [Range(0, 1)]
    public double IdleShare { get; init; } = 63.0 / 400;

    /// <summary>
    /// GPU power above idle goes with the clock to this power (default 1.13): then 1110 of 1410 MHz take 20 % off the peak, which is the largest saving
    /// POLCA reports for locked clocks; a steeper law would flatter every policy.
    /// </summary>
    [Range(0, 5)]
    public double PowerExponent { get; init; } = 1.13;

    /// <summary>Share of prompt time that stretches as the clock falls (default 1: computing).</summary>
    [Range(0, 1)]
    public double PromptSensitivity { get; init; } = 1;

    /// <summary>Share of token time that stretches as the clock falls (default 0.15: memory decides). At 1110 MHz a request then takes about 6 % longer, POLCA reports at most 7 %.</summary>
    [Range(0, 1)]
    public double TokenSensitivity { get; init; } = 0.15;

    /// <summary>Wall power at a GPU share and a clock ratio (clock over full clock), W.</summary>
    public double Watts(double gpuShare, double clockRatio)
    {
        var dynamic = Math.Max(gpuShare - IdleShare, 0) * Math.Pow(clockRatio, PowerExponent);
        return IdleWatts + ((FullWatts - IdleWatts) * dynamic / (1 - IdleShare));
    }

    /// <summary>How much longer work takes at a clock ratio when this share of it stretches.</summary>
    public static double Slowdown(double sensitivity, double clockRatio) => 1 + (sensitivity * ((1 / clockRatio) - 1));
}
