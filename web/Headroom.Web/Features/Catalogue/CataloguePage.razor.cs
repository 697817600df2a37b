using Headroom.Telemetry.Catalogue;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Catalogue;

/// <summary>Every metric of the vocabulary, searched by name and meaning.</summary>
public sealed partial class CataloguePage
{
    /// <summary>Words to find.</summary>
    [SupplyParameterFromQuery(Name = "find")]
    public string? Find { get; set; }

    /// <summary>Kind of entity to show; null for all.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private static IReadOnlyList<(EntityKind Kind, MetricDefinition Metric)> All { get; } =
        [.. Enum.GetValues<EntityKind>().SelectMany(kind => MetricCatalogue.Current.For(kind).Select(metric => (kind, metric)))];

    private List<(EntityKind Kind, MetricDefinition Metric)> Found { get; set; } = [];

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var words = (Find ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Found = [.. All.Where(entry => (Kind is null || entry.Kind.ToString() == Kind) && words.All(word => Text(entry.Metric).Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }

    private static string Text(MetricDefinition metric) => $"{metric.Name} {metric.Unit} {metric.Kind} {metric.Group} {metric.Source} {metric.Description}";

    private static string NameOf(EntityKind kind) => kind switch
    {
        EntityKind.Cpu => "CPU",
        EntityKind.NumaNode => "NUMA node",
        EntityKind.NetworkInterface => "network interface",
        EntityKind.Gpu => "GPU",
        EntityKind.GpuProcess => "GPU process",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private void Search(ChangeEventArgs change) =>
        Address.NavigateTo(Address.GetUriWithQueryParameter("find", change.Value is string { Length: > 0 } text ? text : null), replace: true);
}
