namespace Headroom.Web.Charts;

/// <summary>One line of a panel.</summary>
/// <param name="HostId">Host.</param>
/// <param name="EntityId">Entity of the host.</param>
/// <param name="Metric">Catalogue name of the metric.</param>
/// <param name="Name">Short name in the legend.</param>
/// <param name="Color">Token of <c>css/tokens.css</c>, for example <c>--chart-2</c>; default: by place.</param>
public sealed record ChartSeries(int HostId, int EntityId, string Metric, string Name, string? Color = null)
{
    /// <summary>How the browser and the API name the series.</summary>
    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{HostId}:{EntityId}:{Metric}");
}
