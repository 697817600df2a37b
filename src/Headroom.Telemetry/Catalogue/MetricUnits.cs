namespace Headroom.Telemetry.Catalogue;

/// <summary>
/// The unit that a metric has on screen. UCUM writes both a share and a plain number as <c>1</c>; a share becomes percent, so the
/// few plain numbers (instructions per cycle, misses per thousand instructions, weights) are told apart here.
/// </summary>
public static class MetricUnits
{
    private static readonly string[] PlainNumbers = [".ipc", "_mpki", ".weight", ".cpu_clock", ".task_clock", ".carrier", ".state"];

    /// <summary>UCUM unit of the metric; empty for a plain number.</summary>
    public static string OnScreen(MetricDefinition metric) =>
        metric.Unit == "1" && (metric.Kind == MetricKind.State || PlainNumbers.Any(end => metric.Name.EndsWith(end, StringComparison.Ordinal))) ? "" : metric.Unit;
}
