using Headroom.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Headroom.Web.Features.Fleet;

/// <summary>Every host, searched and sorted; what is searched and sorted by stands in the address.</summary>
public sealed partial class FleetPage : IAsyncDisposable
{
    private const float PressureWarn = 0.1f;

    private IJSObjectReference? _sparklines;

    /// <summary>Part of a host's name.</summary>
    [SupplyParameterFromQuery(Name = "find")]
    public string? Find { get; set; }

    /// <summary>Column to sort by; with a leading minus the largest first.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? SortText { get; set; }

    [Inject]
    private FleetSnapshot Fleet { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private string SortBy => SortText?.TrimStart('-') is { Length: > 0 } name ? name : "name";

    private bool Descending => SortText?.StartsWith('-') ?? false;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_sparklines is not null)
            {
                await _sparklines.InvokeVoidAsync("stop");
                await _sparklines.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/charts/sparklines.js");
            await using (module)
            {
                _sparklines = await module.InvokeAsync<IJSObjectReference>("start");
            }
        }
    }

    private static float Pressure(FleetLine line) => Math.Max(line.CpuPressureRatio ?? 0, Math.Max(line.MemoryPressureRatio ?? 0, line.IoPressureRatio ?? 0));

    private static double? Mean(IEnumerable<FleetLine> lines, Func<FleetLine, float?> value) => lines.Select(value).Average();

    private static string GapText(FleetLine line) => $"{line.Gaps.Sum(gap => gap.FrameCount)} frames";

    private static Meaning MeaningOf(HostState state) => state switch
    {
        HostState.Live => Meaning.Good,
        HostState.Late => Meaning.Warn,
        HostState.Silent => Meaning.Bad,
        _ => Meaning.None,
    };

    private static string WordOf(HostState state) => state switch
    {
        HostState.Live => "live",
        HostState.Late => "late",
        HostState.Silent => "silent",
        _ => "waiting",
    };

    private List<FleetLine> Arrange(IReadOnlyList<FleetLine> lines)
    {
        var found = string.IsNullOrWhiteSpace(Find) ? lines : lines.Where(line => line.Name.Contains(Find.Trim(), StringComparison.OrdinalIgnoreCase));
        IComparable Key(FleetLine line) => SortBy switch
        {
            "state" => line.State,
            "cpu" => line.CpuRatio ?? -1,
            "memory" => line.MemoryRatio ?? -1,
            "load" => line.LoadTasks ?? -1,
            "pressure" => Pressure(line),
            "workloads" => line.Workloads,
            "seen" => line.LastFrameAt ?? DateTimeOffset.MinValue,
            _ => line.Name,
        };
        return [.. Descending ? found.OrderByDescending(Key) : found.OrderBy(Key)];
    }

    private void Search(ChangeEventArgs change) =>
        Address.NavigateTo(Address.GetUriWithQueryParameter("find", change.Value as string is { Length: > 0 } text ? text : null), replace: true);

    private void Sort(string column)
    {
        var next = (column == SortBy, Descending) switch
        {
            (true, false) => $"-{column}",
            (true, true) => column,
            _ => column is "name" ? column : $"-{column}",
        };
        Address.NavigateTo(Address.GetUriWithQueryParameter("sort", next));
    }
}
