using Headroom.Telemetry.Catalogue;
using Headroom.Web.Charts;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Panels;

/// <summary>The panels of an entity by resource, with tabs; only panels that have something to show.</summary>
public sealed partial class PanelGrid
{
    /// <summary>The panels to choose from.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Panel> Panels { get; set; } = [];

    /// <summary>Kind of the entity.</summary>
    [Parameter, EditorRequired]
    public EntityKind Kind { get; set; }

    /// <summary>Host of the entity.</summary>
    [Parameter, EditorRequired]
    public int HostId { get; set; }

    /// <summary>The entity.</summary>
    [Parameter, EditorRequired]
    public int EntityId { get; set; }

    /// <summary>Metrics the entity has values for.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<string> Available { get; set; } = new HashSet<string>();

    /// <summary>Resource to show, from the address; null for all.</summary>
    [Parameter]
    public string? Selected { get; set; }

    /// <summary>The range of time.</summary>
    [Parameter, EditorRequired]
    public TimeView View { get; set; } = TimeView.Default;

    /// <summary>Called when a person marks a range.</summary>
    [Parameter]
    public EventCallback<(DateTimeOffset From, DateTimeOffset To)> OnZoom { get; set; }

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private IReadOnlyList<string> Groups => [.. WithData.Select(entry => entry.Panel.Group).Distinct()];

    private IEnumerable<IGrouping<string, (Panel Panel, IReadOnlyList<ChartSeries> Series)>> Shown =>
        WithData.Where(entry => Selected is null || !Groups.Contains(Selected) || entry.Panel.Group == Selected).GroupBy(entry => entry.Panel.Group);

    private IEnumerable<(Panel Panel, IReadOnlyList<ChartSeries> Series)> WithData =>
        Panels.Select(panel => (Panel: panel, Series: panel.SeriesOf(HostId, EntityId, Available))).Where(entry => entry.Series.Count > 0);

    private string AddressOf(string? group) => Address.GetUriWithQueryParameter("panel", group);
}
