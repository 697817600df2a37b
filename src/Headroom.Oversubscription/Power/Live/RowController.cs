using System.Globalization;
using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Live;

/// <summary>One change of mind of the controller.</summary>
/// <param name="At">When.</param>
/// <param name="Reading">Row power as a share of provisioned power.</param>
/// <param name="Watts">Row power, W.</param>
/// <param name="Level">How hard it holds the row from now on.</param>
/// <param name="Plan">The clocks it wants.</param>
/// <param name="Text">The same in words: what is to be done.</param>
public sealed record PowerDecision(DateTimeOffset At, double Reading, double Watts, PowerLevel Level, ClockPlan Plan, string Text)
{
    /// <summary>What was written to the hardware of the server's own machine; null in a dry run.</summary>
    public string? Written { get; init; }
}

/// <summary>
/// Runs a policy on live readings and says what it would do. It sets nothing on any machine. Not thread-safe.
/// </summary>
/// <param name="policy">Who decides.</param>
/// <param name="settings">Thresholds, clocks and delays.</param>
/// <param name="start">Time of the first reading.</param>
public sealed class RowController(IPowerPolicy policy, PolcaSettings settings, DateTimeOffset start)
{
    private PolicyState _state = policy.Start(settings);

    /// <summary>How hard the row is held.</summary>
    public PowerLevel Level => _state.Level;

    /// <summary>The clocks it wants by now.</summary>
    public ClockPlan Plan => _state.Plan;

    /// <summary>Takes a reading; returns the decision it led to, or null.</summary>
    /// <param name="at">When it was read.</param>
    /// <param name="watts">Row power, W.</param>
    /// <param name="provisionedWatts">Power the row may draw, W.</param>
    public PowerDecision? Read(DateTimeOffset at, double watts, double provisionedWatts)
    {
        var reading = watts / provisionedWatts;
        var before = _state;
        _state = policy.Next(before, reading, (at - start).TotalSeconds, settings);
        if (_state.Plan == before.Plan)
        {
            return null;
        }

        return new PowerDecision(at, reading, watts, _state.Level, _state.Plan, Describe(before.Plan, _state.Plan));
    }

    private string Describe(ClockPlan before, ClockPlan after) =>
        after.Brake && !before.Brake ? string.Create(CultureInfo.InvariantCulture, $"brake every GPU to {settings.BrakeMhz} MHz")
        : after == ClockPlan.Uncapped(settings) ? "let every GPU run at full clock"
        : string.Create(CultureInfo.InvariantCulture, $"set low priority to {after.LowMhz} MHz and high priority to {after.HighMhz} MHz");
}
