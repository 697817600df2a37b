namespace Headroom.Telemetry.Catalogue;

/// <summary>One metric of the vocabulary.</summary>
/// <param name="Name">OpenTelemetry semantic-convention name where one exists, with the mode or direction as a last part, for example <c>system.cpu.utilization.user</c>.</param>
/// <param name="Unit">UCUM unit of the stored value, for example <c>By</c>, <c>1</c>, <c>By/s</c>, <c>Cel</c>, <c>W</c>. Ratios are 0 to 1.</param>
/// <param name="Kind">Gauge, rate or state.</param>
/// <param name="Group">The block it belongs to on a page and in a feature schema, for example <c>cpu</c>, <c>memory</c>, <c>perf</c>, <c>topdown</c>.</param>
/// <param name="Source">The file or call it is read from.</param>
/// <param name="Description">What it means, in one sentence.</param>
public sealed record MetricDefinition(string Name, string Unit, MetricKind Kind, string Group, string Source, string Description);
