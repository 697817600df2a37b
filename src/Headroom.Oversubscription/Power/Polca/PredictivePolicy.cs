namespace Headroom.Oversubscription.Power.Polca;

/// <summary>
/// Ours: forecasts the demand of the next 40 s, the time a command travels, and asks for the mildest rung of a ladder of clocks that keeps the forecast's
/// upper bound below the limit. Slows nobody while there is room, whatever the threshold, and acts before a rise instead of after it.
/// </summary>
public sealed class PredictivePolicy : IPowerPolicy
{
    public const string PolicyName = "predictive";

    /// <summary>Deviations between the forecast and its upper bound: a normal error is beyond it about once in ten million readings.</summary>
    private const double Deviations = 5.2;

    /// <summary>The bound may come this close to the brake, and a rung is left only when the milder one keeps this much more away.</summary>
    private const double Margin = 0.01;

    private const double Return = 0.01;

    /// <summary>A milder rung is tried at most this often, in command times.</summary>
    private const double Patience = 3;

    // Low priority gives way first, down to two thirds of the clock; high priority goes no lower than POLCA takes it.
    private static readonly (double Low, double High, PowerLevel Level)[] Ladder =
    [
        (1, 1, PowerLevel.Free),
        (0.904, 1, PowerLevel.T1),
        (0.787, 1, PowerLevel.T2),
        (0.702, 1, PowerLevel.T2),
        (0.638, 1, PowerLevel.T2),
        (0.638, 0.926, PowerLevel.T2High),
    ];

    public string Name => PolicyName;

    public string Rule => "the mildest clocks that keep the upper bound of the next 40 s below 99 %";

    public PolicyState Start(PolcaSettings settings)
    {
        var plan = ClockPlan.Uncapped(settings);
        return new PolicyState(PowerLevel.Free, plan, 0, RowForecast.Start(plan));
    }

    public PolicyState Next(PolicyState state, double reading, double seconds, PolcaSettings settings)
    {
        var horizon = settings.CommandDelaySeconds + settings.TelemetryDelaySeconds;
        var inForce = seconds - state.SinceSeconds < horizon ? state.Forecast!.Before : state.Plan;
        var forecast = state.Plan.Brake || state.Forecast!.Before.Brake
            ? state.Forecast!
            : state.Forecast!.Learn(reading / Remaining(inForce, settings), seconds, horizon);
        if (reading > settings.BrakeAbove || (state.Plan.Brake && reading >= settings.T2 - settings.Hysteresis))
        {
            return Move(state with { Forecast = forecast }, PowerLevel.Brake, Plan(Ladder[^1], settings) with { Brake = true }, seconds);
        }

        var bound = forecast.Upper(Deviations);
        var now = RungOf(state.Plan, settings);
        var needed = Array.FindIndex(Ladder, rung => bound * Remaining(Plan(rung, settings), settings) <= settings.BrakeAbove - Margin);
        needed = needed < 0 ? Ladder.Length - 1 : needed;
        var wait = seconds - state.SinceSeconds < Patience * horizon;
        var milder = now > 0 && bound * Remaining(Plan(Ladder[now - 1], settings), settings) <= settings.BrakeAbove - Margin - Return;
        var next = needed > now ? needed : milder && !wait && !state.Plan.Brake ? now - 1 : now;
        return Move(state with { Forecast = forecast }, Ladder[next].Level, Plan(Ladder[next], settings), seconds);
    }

    private static PolicyState Move(PolicyState state, PowerLevel level, ClockPlan plan, double seconds) => plan == state.Plan
        ? state with { Level = level }
        : state with { Level = level, Plan = plan, SinceSeconds = seconds, Forecast = state.Forecast! with { Before = state.Plan } };

    private static ClockPlan Plan((double Low, double High, PowerLevel Level) rung, PolcaSettings settings) =>
        new((int)Math.Round(rung.Low * settings.MaxMhz), (int)Math.Round(rung.High * settings.MaxMhz), false);

    private static int RungOf(ClockPlan plan, PolcaSettings settings) =>
        Math.Max(Array.FindIndex(Ladder, rung => Plan(rung, settings) == plan with { Brake = false }), 0);

    /// <summary>Share of the row's uncapped power that is left under a plan, half of the servers being low priority.</summary>
    private static double Remaining(ClockPlan plan, PolcaSettings settings) =>
        (Remaining(plan.LowMhz, settings) + Remaining(plan.HighMhz, settings)) / 2;

    private static double Remaining(int mhz, PolcaSettings settings) => ClockPower.Remaining(mhz / (double)settings.MaxMhz);
}
