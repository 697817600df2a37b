using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Hosts;

/// <summary>One host: linked panels by resource, cores, workloads, GPUs, and what the machine cannot give.</summary>
public sealed partial class HostPage
{
    /// <summary>Id of the host.</summary>
    [Parameter]
    public int Id { get; set; }

    /// <summary>Resource to show; null for all.</summary>
    [SupplyParameterFromQuery(Name = "panel")]
    public string? Selected { get; set; }

    /// <summary>Column of the workloads to sort by; with a leading minus the largest first.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? SortText { get; set; }

    [Inject]
    private HostReader Reader { get; set; } = null!;

    private Task<HostView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Id, cancellationToken);
}
