using Headroom.Telemetry.Catalogue;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;

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

    private static int Count { get; } = MetricCatalogue.Current.Search(null, null).Count;

    private List<(EntityKind Kind, MetricDefinition Metric)> Found { get; set; } = [];

    private string ApiCall => $"/api/v1/catalogue{new QueryBuilder(new Dictionary<string, string?> { ["kind"] = Known?.ToString(), ["find"] = Find }.Where(entry => !string.IsNullOrEmpty(entry.Value))!)}";

    // A kind that there is not, as an old link may name, shows all.
    private EntityKind? Known => Enum.TryParse<EntityKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    /// <inheritdoc />
    protected override void OnParametersSet() => Found = [.. MetricCatalogue.Current.Search(Known, Find)];

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
