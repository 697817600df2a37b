namespace Headroom.Oversubscription.Power.Polca;

/// <summary>All that a policy remembers between two readings.</summary>
/// <param name="Level">How hard it holds the row.</param>
/// <param name="Plan">The clocks it wants.</param>
/// <param name="SinceSeconds">When it reached this level, seconds from the start.</param>
/// <param name="Forecast">What a forecasting policy has learnt; null for the others.</param>
public sealed record PolicyState(PowerLevel Level, ClockPlan Plan, double SinceSeconds, RowForecast? Forecast = null);

/// <summary>A way to hold a row below its provisioned power. Stateless and pure: the same state and reading give the same next state.</summary>
public interface IPowerPolicy
{
    /// <summary>Name in tables and settings.</summary>
    string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    string Rule { get; }

    /// <summary>Before the first reading.</summary>
    PolicyState Start(PolcaSettings settings);

    /// <summary>The next state after a reading.</summary>
    /// <param name="state">State before.</param>
    /// <param name="reading">Row power as a share of provisioned power.</param>
    /// <param name="seconds">Time of the decision, seconds from the start.</param>
    /// <param name="settings">Thresholds, clocks and delays.</param>
    PolicyState Next(PolicyState state, double reading, double seconds, PolcaSettings settings);
}
