using System.Globalization;
using Headroom.Web.Features.Hosts;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Workloads;

/// <summary>The workloads of a host with their newest values; a column that no workload has a value for is left out.</summary>
public sealed partial class WorkloadTable
{
    private static readonly string[] KindAttributes = ["headroom.workload.type", "workload.type", "container.runtime", "container.runtime.name"];

    private static readonly Column[] All =
    [
        new("cpu", "CPU", "{cpu}", "container.cpu.usage", workload => workload["container.cpu.usage"]),
        new("pressure", "CPU pressure", "1", "container.cpu.pressure.some", workload => workload["container.cpu.pressure.some"]),
        new("memory", "Memory", "By", "container.memory.working_set, else usage", workload => workload["container.memory.working_set"] ?? workload["container.memory.usage"]),
        new("read", "Disk read", "By/s", "container.disk.io.read", workload => workload["container.disk.io.read"]),
        new("write", "Disk write", "By/s", "container.disk.io.write", workload => workload["container.disk.io.write"]),
        new("ipc", "IPC", "", "perf.ipc", workload => workload["perf.ipc"]),
        new("threads", "Threads", "{thread}", "container.thread.count", workload => workload["container.thread.count"]),
    ];

    /// <summary>Host of the workloads.</summary>
    [Parameter, EditorRequired]
    public int HostId { get; set; }

    /// <summary>The workloads.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<EntityNow> Workloads { get; set; } = [];

    /// <summary>Column to sort by, from the address; with a leading minus the largest first.</summary>
    [Parameter]
    public string? Sort { get; set; }

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private string SortBy => Sort?.TrimStart('-') is { Length: > 0 } name ? name : "cpu";

    private bool Descending => Sort?.StartsWith('-') ?? true;

    private IReadOnlyList<Column> Columns => [.. All.Where(column => Workloads.Any(workload => column.Of(workload) is not null))];

    private IEnumerable<EntityNow> Sorted
    {
        get
        {
            var column = All.FirstOrDefault(candidate => candidate.Name == SortBy);
            IComparable Key(EntityNow workload) => column is null ? workload.Entity.Name : column.Of(workload) ?? -1;
            return Descending ? Workloads.OrderByDescending(Key) : Workloads.OrderBy(Key);
        }
    }

    private static string? KindOf(EntityNow workload) => KindAttributes.Select(name => workload.Entity.Attributes.GetValueOrDefault(name)).FirstOrDefault(kind => kind is not null);

    private string AddressOf(EntityNow workload)
    {
        var query = new Uri(Address.Uri).Query;
        return string.Create(CultureInfo.InvariantCulture, $"/hosts/{HostId}/workloads/{workload.Entity.EntityId}{query}");
    }

    private void SortOn(string column) =>
        Address.NavigateTo(Address.GetUriWithQueryParameter("sort", (column == SortBy, Descending) switch { (true, true) => column, (true, false) => $"-{column}", _ => column == "name" ? column : $"-{column}" }));

    private sealed record Column(string Name, string Title, string Unit, string Hint, Func<EntityNow, double?> Of);
}
