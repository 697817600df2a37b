using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Headroom.Web.Charts;

/// <summary>
/// Any ECharts option, as a C# object (anonymous types are fine; names become camelCase). Colours may be given as tokens of
/// <c>css/tokens.css</c>, for example <c>"var(--chart-1)"</c>; they follow the theme. Axis labels, legend and tooltip get the theme by themselves.
/// Numbers on axes and in tooltips are formatted by unit when an axis or series carries <c>unit = "By"</c> (UCUM).
/// For long time series use the time series chart, whose data never crosses the circuit.
/// </summary>
public sealed partial class EChart : IAsyncDisposable
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private string? _drawn;
    private DotNetObjectReference<EChart>? _self;

    /// <summary>The option object; see the ECharts documentation.</summary>
    [Parameter, EditorRequired]
    public object Option { get; set; } = null!;

    /// <summary>What the chart shows, for people who hear it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Height in CSS pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 280;

    /// <summary>The same data as a table.</summary>
    [Parameter]
    public RenderFragment? DataTable { get; set; }

    /// <summary>Called when an item is clicked: name of the series, index of the item.</summary>
    [Parameter]
    public EventCallback<(string Series, int Index)> OnItem { get; set; }

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task ItemClicked(string? series, int index) => OnItem.InvokeAsync((series ?? "", index));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("dispose");
                await _chart.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the chart with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var option = JsonSerializer.Serialize(Option, JsonSerializerOptions.Web);
        if (option == _drawn)
        {
            return;
        }

        _drawn = option;
        if (firstRender)
        {
            _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/charts/echart.js");
            _self = DotNetObjectReference.Create(this);
            _chart = await _module.InvokeAsync<IJSObjectReference>("create", _element, option, OnItem.HasDelegate ? _self : null);
            if (_drawn != option)
            {
                // A newer option came while the library was still loading.
                await _chart.InvokeVoidAsync("update", _drawn);
            }
        }
        else if (_chart is not null)
        {
            await _chart.InvokeVoidAsync("update", option);
        }
    }
}
