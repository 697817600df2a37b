using System.Globalization;
using System.Text.Json;
using Headroom.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Headroom.Web.Charts;

/// <summary>
/// A panel of time series. This component tells the browser what to show; the browser fetches the numbers over HTTP and follows the
/// live stream, so nothing of them crosses the circuit. Panels of one page share a crosshair.
/// </summary>
public sealed partial class TimeSeriesChart : IAsyncDisposable
{
    private ElementReference _legend;
    private ElementReference _canvas;
    private ElementReference _plot;
    private ElementReference _note;
    private ElementReference _table;
    private ElementReference _rows;
    private IJSObjectReference? _module;
    private IJSObjectReference? _panel;
    private DotNetObjectReference<TimeSeriesChart>? _self;
    private string? _told;

    /// <summary>Title of the panel.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What it shows, for people who hear it; default: the title.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>Unit on screen, UCUM; see <see cref="Quantity"/>.</summary>
    [Parameter, EditorRequired]
    public string Unit { get; set; } = "1";

    /// <summary>The lines.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>The range of time, whether it follows, and whether the period before is shown too.</summary>
    [Parameter, EditorRequired]
    public TimeView View { get; set; } = TimeView.Default;

    /// <summary>Whether the lines are parts of a whole, drawn on top of each other.</summary>
    [Parameter]
    public bool Stacked { get; set; }

    /// <summary>Fixed upper end of the value axis, in the stored unit.</summary>
    [Parameter]
    public double? Maximum { get; set; }

    /// <summary>Height of the plot in CSS pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 150;

    /// <summary>Called when a person marks a range on the chart.</summary>
    [Parameter]
    public EventCallback<(DateTimeOffset From, DateTimeOffset To)> OnZoom { get; set; }

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string ApiCall
    {
        get
        {
            var (from, to) = View.Range(Clock.GetUtcNow());
            var series = Series.GroupBy(line => (line.HostId, line.EntityId))
                .Select(lines => string.Create(CultureInfo.InvariantCulture, $"s={lines.Key.HostId}:{lines.Key.EntityId}:{string.Join(',', lines.Select(line => line.Metric))}"));
            return string.Create(CultureInfo.InvariantCulture, $"/api/v1/series?{string.Join('&', series)}&from={from.ToUnixTimeMilliseconds()}&to={to.ToUnixTimeMilliseconds()}&points=1000");
        }
    }

    /// <summary>Called by the browser with Unix milliseconds.</summary>
    [JSInvokable]
    public Task Zoomed(long from, long to) =>
        OnZoom.InvokeAsync((DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to)));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_panel is not null)
            {
                await _panel.InvokeVoidAsync("dispose");
                await _panel.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the panel with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var spec = Spec();
        if (spec == _told)
        {
            return;
        }

        _told = spec;
        if (firstRender)
        {
            _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/charts/timeseries.js");
            _self = DotNetObjectReference.Create(this);
            var parts = new { legend = _legend, canvas = _canvas, plot = _plot, note = _note, table = _table, rows = _rows };
            _panel = await _module.InvokeAsync<IJSObjectReference>("create", parts, spec, _self);
        }

        // The parameters may have changed while the browser was loading the panel.
        if (_panel is not null && (!firstRender || Spec() != spec))
        {
            _told = Spec();
            await _panel.InvokeVoidAsync("update", _told);
        }
    }

    private string Spec() => JsonSerializer.Serialize(
        new
        {
            Title,
            Unit,
            Stacked,
            Maximum,
            View = View.ForBrowser(),
            Series = Series.Select(line => new { line.Key, line.Name, line.Color }),
        },
        JsonSerializerOptions.Web);
}
