using System.Text.Json;
using Headroom.Storage.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Headroom.Web.Charts;

/// <summary>One metric of many entities: a row per entity, time from left to right. The browser fetches the numbers itself.</summary>
public sealed partial class TimeHeatMap : IAsyncDisposable
{
    private ElementReference _box;
    private ElementReference _canvas;
    private ElementReference _note;
    private ElementReference _legend;
    private IJSObjectReference? _module;
    private IJSObjectReference? _map;
    private DotNetObjectReference<TimeHeatMap>? _self;
    private string? _told;

    /// <summary>Title of the panel.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The rows, from top to bottom.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<EntitySummary> Rows { get; set; } = [];

    /// <summary>Host of the rows.</summary>
    [Parameter, EditorRequired]
    public int HostId { get; set; }

    /// <summary>Catalogue name of the metric.</summary>
    [Parameter, EditorRequired]
    public string Metric { get; set; } = "";

    /// <summary>Unit on screen, UCUM.</summary>
    [Parameter, EditorRequired]
    public string Unit { get; set; } = "1";

    /// <summary>Value of the strongest colour, in the stored unit.</summary>
    [Parameter]
    public double Maximum { get; set; } = 1;

    /// <summary>The range of time.</summary>
    [Parameter, EditorRequired]
    public TimeView View { get; set; } = TimeView.Default;

    /// <summary>Called when a person marks a range.</summary>
    [Parameter]
    public EventCallback<(DateTimeOffset From, DateTimeOffset To)> OnZoom { get; set; }

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <summary>Called by the browser with Unix milliseconds.</summary>
    [JSInvokable]
    public Task Zoomed(long from, long to) =>
        OnZoom.InvokeAsync((DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to)));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_map is not null)
            {
                await _map.InvokeVoidAsync("dispose");
                await _map.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }

        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var spec = JsonSerializer.Serialize(
            new { Title, Unit, Maximum, View = View.ForBrowser(), Rows = Rows.Select(row => new { Key = new ChartSeries(HostId, row.EntityId, Metric, row.Name).Key, row.Name }) },
            JsonSerializerOptions.Web);
        if (spec == _told)
        {
            return;
        }

        _told = spec;
        if (firstRender)
        {
            _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/charts/heatmap.js");
            _self = DotNetObjectReference.Create(this);
            _map = await _module.InvokeAsync<IJSObjectReference>("create", new { box = _box, canvas = _canvas, note = _note, legend = _legend }, spec, _self);
        }
        else if (_map is not null)
        {
            await _map.InvokeVoidAsync("update", spec);
        }
    }
}
