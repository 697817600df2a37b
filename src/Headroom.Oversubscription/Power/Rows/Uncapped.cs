using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>A row with power without end: neither clocks nor brake. What every policy's service is measured against, and no choice of its own.</summary>
public sealed class Uncapped : IPowerPolicy
{
    public string Name => "uncapped";

    public string Rule => "power without limit";

    public PolicyState Start(PolcaSettings settings) => new(PowerLevel.Free, ClockPlan.Uncapped(settings), 0);

    public PolicyState Next(PolicyState state, double reading, double seconds, PolcaSettings settings) => state;
}
