namespace Headroom.Oversubscription.Power.Polca;

/// <summary>SM clocks a policy wants per priority, MHz. Commands for them travel out of band; the brake is a wire of its own.</summary>
/// <param name="LowMhz">Clock of the low-priority GPUs.</param>
/// <param name="HighMhz">Clock of the high-priority GPUs.</param>
/// <param name="Brake">The hardware power brake holds every GPU at its lowest clock.</param>
public readonly record struct ClockPlan(int LowMhz, int HighMhz, bool Brake)
{
    /// <summary>Both priorities at full speed.</summary>
    public static ClockPlan Uncapped(PolcaSettings settings) => new(settings.MaxMhz, settings.MaxMhz, false);
}
