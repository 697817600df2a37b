using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Headroom.Web.Shell;

/// <summary>
/// Puts the focus on the title of a page that somebody came to by a link, also where the title comes only with what is loaded. The first
/// page keeps the browser's own beginning, so that the skip link is the first stop there; a new query is the same page and keeps its focus.
/// </summary>
public sealed class FocusOnArrival : ComponentBase
{
    private string? _here;
    private bool _arrived;

    /// <summary>Where the person is; a change of it is an arrival.</summary>
    [Parameter, EditorRequired]
    public Microsoft.AspNetCore.Components.RouteData RouteData { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var path = new Uri(Address.Uri).AbsolutePath;
        _arrived |= _here is not null && _here != path;
        _here = path;
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_arrived)
        {
            return;
        }

        _arrived = false;
        try
        {
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/focus.js");
            await module.InvokeVoidAsync("focusTitle");
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }
}
