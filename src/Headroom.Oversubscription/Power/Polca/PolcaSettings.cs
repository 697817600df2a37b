using System.ComponentModel.DataAnnotations;

namespace Headroom.Oversubscription.Power.Polca;

/// <summary>Thresholds, clocks and delays of the row controller (POLCA, arXiv 2308.12908; clocks of an A100). Shares are of the row's provisioned power.</summary>
public sealed record PolcaSettings
{
    /// <summary>Low-priority GPUs slow down from here (default 0.80).</summary>
    [Range(0.1, 1)]
    public double T1 { get; init; } = 0.80;

    /// <summary>Low-priority GPUs slow down further, then high-priority ones, from here (default 0.89: 1 less the largest rise while a command travels).</summary>
    [Range(0.1, 1)]
    public double T2 { get; init; } = 0.89;

    /// <summary>Above this the power brake acts (default 1.00).</summary>
    [Range(0.1, 2)]
    public double BrakeAbove { get; init; } = 1.00;

    /// <summary>A state is left this far below its threshold (default 0.05).</summary>
    [Range(0, 0.5)]
    public double Hysteresis { get; init; } = 0.05;

    /// <summary>Full clock (default 1410 MHz).</summary>
    [Range(100, 5000)]
    public int MaxMhz { get; init; } = 1410;

    /// <summary>Low priority from T1 (default 1275 MHz).</summary>
    [Range(100, 5000)]
    public int LowT1Mhz { get; init; } = 1275;

    /// <summary>Low priority from T2 (default 1110 MHz).</summary>
    [Range(100, 5000)]
    public int LowT2Mhz { get; init; } = 1110;

    /// <summary>High priority from T2 (default 1305 MHz).</summary>
    [Range(100, 5000)]
    public int HighT2Mhz { get; init; } = 1305;

    /// <summary>Every GPU under the brake (default 288 MHz).</summary>
    [Range(100, 5000)]
    public int BrakeMhz { get; init; } = 288;

    /// <summary>Age of a row reading when the controller sees it (default 2 s).</summary>
    [Range(0, 600)]
    public double TelemetryDelaySeconds { get; init; } = 2;

    /// <summary>Time until the brake holds, and until it lets go (default 5 s).</summary>
    [Range(0, 600)]
    public double BrakeDelaySeconds { get; init; } = 5;

    /// <summary>Time until an out-of-band clock command holds, at worst (default 40 s).</summary>
    [Range(0, 600)]
    public double CommandDelaySeconds { get; init; } = 40;
}
