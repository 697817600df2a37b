using Headroom.Telemetry.Catalogue;
using Headroom.Web.Charts;

namespace Headroom.Web.Features.Panels;

/// <summary>One line of a panel: a metric and its short name there.</summary>
public sealed record PanelLine(string Metric, string Name, string? Color = null);

/// <summary>A panel of a page.</summary>
/// <param name="Group">The resource it belongs to; also the value of <c>panel</c> in the address.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Lines">Its metrics; those that an entity does not have are left out.</param>
/// <param name="Stacked">Whether the lines are parts of a whole.</param>
/// <param name="Maximum">Fixed upper end, in the stored unit.</param>
public sealed record Panel(string Group, string Title, IReadOnlyList<PanelLine> Lines, bool Stacked = false, double? Maximum = null)
{
    /// <summary>Unit on screen, from the catalogue.</summary>
    public string UnitFor(EntityKind kind) =>
        Lines.Select(line => MetricCatalogue.Current.Find(kind, line.Metric)).FirstOrDefault(metric => metric is not null) is { } found ? MetricUnits.OnScreen(found) : "";

    /// <summary>The lines that an entity has values for.</summary>
    public IReadOnlyList<ChartSeries> SeriesOf(int hostId, int entityId, IReadOnlySet<string> available) =>
        [.. Lines.Where(line => available.Contains(line.Metric)).Select(line => new ChartSeries(hostId, entityId, line.Metric, line.Name, line.Color))];
}
