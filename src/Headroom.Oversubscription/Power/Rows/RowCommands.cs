using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Commands on their way to the servers: clocks out of band, the brake on its own wire.</summary>
internal sealed class RowCommands
{
    private readonly RowScenario _scenario;
    private readonly Dictionary<int, ServerClocks> _known = [];
    private readonly Queue<(double Due, int Low, int High)> _clocks = new();
    private readonly Queue<(double Due, bool Holds)> _brakes = new();
    private ClockPlan _ordered;
    private ClockPlan _inForce;

    public RowCommands(RowScenario scenario)
    {
        _scenario = scenario;
        _ordered = _inForce = ClockPlan.Uncapped(scenario.Settings.Polca);
        (Low, High) = (At(_inForce.LowMhz), At(_inForce.HighMhz));
    }

    /// <summary>What the low-priority servers run at.</summary>
    public ServerClocks Low { get; private set; }

    /// <summary>What the high-priority servers run at.</summary>
    public ServerClocks High { get; private set; }

    public void Order(ClockPlan plan, double now)
    {
        var delays = _scenario.Settings.Polca;
        if ((plan.LowMhz, plan.HighMhz) != (_ordered.LowMhz, _ordered.HighMhz))
        {
            _clocks.Enqueue((now + delays.CommandDelaySeconds, plan.LowMhz, plan.HighMhz));
        }

        if (plan.Brake != _ordered.Brake)
        {
            _brakes.Enqueue((now + delays.BrakeDelaySeconds, plan.Brake));
        }

        _ordered = plan;
    }

    public void ApplyDue(double now)
    {
        var before = _inForce;
        while (_clocks.TryPeek(out var clocks) && clocks.Due <= now)
        {
            _inForce = _inForce with { LowMhz = clocks.Low, HighMhz = clocks.High };
            _clocks.Dequeue();
        }

        while (_brakes.TryPeek(out var brake) && brake.Due <= now)
        {
            _inForce = _inForce with { Brake = brake.Holds };
            _brakes.Dequeue();
        }

        if (_inForce != before)
        {
            var brakeMhz = _scenario.Settings.Polca.BrakeMhz;
            (Low, High) = (At(_inForce.Brake ? brakeMhz : _inForce.LowMhz), At(_inForce.Brake ? brakeMhz : _inForce.HighMhz));
        }
    }

    private ServerClocks At(int mhz)
    {
        if (!_known.TryGetValue(mhz, out var clocks))
        {
            _known[mhz] = clocks = new ServerClocks(_scenario.Load, _scenario.Settings.Server, mhz / (double)_scenario.Settings.Polca.MaxMhz);
        }

        return clocks;
    }
}
