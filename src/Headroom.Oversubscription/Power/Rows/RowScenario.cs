using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>One row, one load, one policy.</summary>
/// <param name="Servers">Servers in the row.</param>
/// <param name="Policy">Who holds the row's power.</param>
/// <param name="Settings">The row.</param>
/// <param name="Load">Requests and what they cost.</param>
/// <param name="Curve">Power against request rate.</param>
/// <param name="Trace">Row power to follow; every server beyond the provisioned ones brings as much load as the others.</param>
/// <param name="Seed">Seed of arrivals and bursts; the same for all policies, so that they face the same requests.</param>
public sealed record RowScenario(int Servers, IPowerPolicy Policy, RowSettings Settings, RowLoad Load, LoadCurve Curve, RowTrace Trace, int Seed);
