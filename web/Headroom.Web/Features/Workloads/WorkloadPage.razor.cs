using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Headroom.Web.Features.Hosts;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Workloads;

/// <summary>What the page of a workload shows apart from its charts.</summary>
public sealed record WorkloadView(string HostName, EntityNow Workload, IReadOnlySet<string> Available, IReadOnlyList<EntityNow> Neighbours);

/// <summary>One workload: its panels, and who it shares the host with.</summary>
public sealed partial class WorkloadPage
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Id of the host.</summary>
    [Parameter]
    public int HostId { get; set; }

    /// <summary>Id of the workload's entity.</summary>
    [Parameter]
    public int Id { get; set; }

    /// <summary>Resource to show; null for all.</summary>
    [SupplyParameterFromQuery(Name = "panel")]
    public string? Selected { get; set; }

    /// <summary>Column of the neighbours to sort by.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? SortText { get; set; }

    [Inject]
    private HostReader Hosts { get; set; } = null!;

    [Inject]
    private EntityReader Entities { get; set; } = null!;

    private async Task<WorkloadView> ReadAsync(CancellationToken cancellationToken)
    {
        var summary = await Entities.FindAsync(HostId, Id, cancellationToken);
        if (summary is not { Kind: EntityKind.Workload })
        {
            throw new InvalidOperationException($"Host {HostId} has no workload {Id}; its page lists those it runs.");
        }

        var all = await Hosts.LatestAsync(HostId, EntityKind.Workload, Window, cancellationToken);
        var own = all.FirstOrDefault(workload => workload.Entity.EntityId == Id) ?? new EntityNow(summary, null, new Dictionary<string, float>());
        return new WorkloadView(
            await Hosts.NameAsync(HostId, cancellationToken), own, own.Values.Keys.ToHashSet(), [.. all.Where(workload => workload.Entity.EntityId != Id && workload.At is not null)]);
    }
}
