namespace Headroom.Oversubscription.Power.Polca;

/// <summary>Nothing but the hardware's power brake.</summary>
public sealed class NoCap : ThresholdPolicy
{
    public override string Name => "no cap";

    public override string Rule => "only the power brake above 100 %";

    protected override PowerLevel Called(PolicyState state, double reading, double seconds, PolcaSettings settings) => PowerLevel.Free;

    protected override ClockPlan Clocks(PowerLevel level, PolcaSettings settings) => ClockPlan.Uncapped(settings) with { Brake = level == PowerLevel.Brake };
}

/// <summary>One threshold: every low-priority GPU to its lower clock at T2.</summary>
public sealed class OneThreshold : ThresholdPolicy
{
    public override string Name => "one threshold";

    public override string Rule => "low priority to 1110 MHz from 89 %";

    protected override PowerLevel Called(PolicyState state, double reading, double seconds, PolcaSettings settings) =>
        reading >= settings.T2 ? PowerLevel.T2 : PowerLevel.Free;

    protected override ClockPlan Clocks(PowerLevel level, PolcaSettings settings) =>
        new(level >= PowerLevel.T2 ? settings.LowT2Mhz : settings.MaxMhz, settings.MaxMhz, level == PowerLevel.Brake);
}

/// <summary>Two thresholds that treat every GPU alike.</summary>
public sealed class TwoThresholds : ThresholdPolicy
{
    public override string Name => "two thresholds, no priorities";

    public override string Rule => "all GPUs to 1275 MHz from 80 % and to 1110 MHz from 89 %";

    protected override PowerLevel Called(PolicyState state, double reading, double seconds, PolcaSettings settings) =>
        reading >= settings.T2 ? PowerLevel.T2 : reading >= settings.T1 ? PowerLevel.T1 : PowerLevel.Free;

    protected override ClockPlan Clocks(PowerLevel level, PolcaSettings settings)
    {
        var mhz = level switch { PowerLevel.Free => settings.MaxMhz, PowerLevel.T1 => settings.LowT1Mhz, _ => settings.LowT2Mhz };
        return new ClockPlan(mhz, mhz, level == PowerLevel.Brake);
    }
}

/// <summary>POLCA's row controller (arXiv 2308.12908): low priority first, high priority only when that was not enough.</summary>
public sealed class PolcaPolicy : ThresholdPolicy
{
    public const string PolicyName = "POLCA";

    public override string Name => PolicyName;

    public override string Rule => "low priority to 1275 MHz from 80 %, to 1110 MHz from 89 %; high priority to 1305 MHz when still above";

    // Still above: the command to the low-priority GPUs has had its time and the row is at T2 all the same.
    protected override PowerLevel Called(PolicyState state, double reading, double seconds, PolcaSettings settings) =>
        reading < settings.T1 ? PowerLevel.Free
        : reading < settings.T2 ? PowerLevel.T1
        : state.Level == PowerLevel.T2 && seconds - state.SinceSeconds >= settings.TelemetryDelaySeconds + settings.CommandDelaySeconds ? PowerLevel.T2High
        : PowerLevel.T2;

    protected override ClockPlan Clocks(PowerLevel level, PolcaSettings settings) => level switch
    {
        PowerLevel.Free => ClockPlan.Uncapped(settings),
        PowerLevel.T1 => new(settings.LowT1Mhz, settings.MaxMhz, false),
        PowerLevel.T2 => new(settings.LowT2Mhz, settings.MaxMhz, false),
        PowerLevel.T2High => new(settings.LowT2Mhz, settings.HighT2Mhz, false),
        _ => new(settings.LowT2Mhz, settings.HighT2Mhz, true),
    };
}
