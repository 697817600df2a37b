namespace Headroom.Oversubscription.Power.Polca;

/// <summary>
/// The shape all threshold policies share: a reading above the limit brakes; the brake lets go below T2 less the hysteresis; otherwise the level climbs
/// at once and comes down one step at a time, each below its threshold less the hysteresis.
/// </summary>
public abstract class ThresholdPolicy : IPowerPolicy
{
    public abstract string Name { get; }

    public abstract string Rule { get; }

    public PolicyState Start(PolcaSettings settings) => new(PowerLevel.Free, Clocks(PowerLevel.Free, settings), 0);

    public PolicyState Next(PolicyState state, double reading, double seconds, PolcaSettings settings)
    {
        var level = LevelAfter(state, reading, seconds, settings);
        return level == state.Level ? state : state with { Level = level, Plan = Clocks(level, settings), SinceSeconds = seconds };
    }

    /// <summary>The level a reading calls for, without the brake.</summary>
    protected abstract PowerLevel Called(PolicyState state, double reading, double seconds, PolcaSettings settings);

    /// <summary>The clocks of a level.</summary>
    protected abstract ClockPlan Clocks(PowerLevel level, PolcaSettings settings);

    /// <summary>The share below which a level is left.</summary>
    protected virtual double ExitBelow(PowerLevel level, PolcaSettings settings) => (level == PowerLevel.T1 ? settings.T1 : settings.T2) - settings.Hysteresis;

    private PowerLevel LevelAfter(PolicyState state, double reading, double seconds, PolcaSettings settings)
    {
        if (reading > settings.BrakeAbove)
        {
            return PowerLevel.Brake;
        }

        var called = Called(state, reading, seconds, settings);
        return state.Level == PowerLevel.Free || called > state.Level ? called
            : reading < ExitBelow(state.Level, settings) ? Below(state.Level, called)
            : state.Level;
    }

    // T2 with and without high priority are left together; the brake is left into T2, which then holds the row.
    private static PowerLevel Below(PowerLevel level, PowerLevel called) => level switch
    {
        PowerLevel.Brake => PowerLevel.T2,
        PowerLevel.T2 or PowerLevel.T2High => called > PowerLevel.T1 ? called : PowerLevel.T1,
        _ => called,
    };
}
