using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Headroom.Web.Charts;

/// <summary>Quick ranges, a range of one's own, live or paused, the period before. Everything it does is a change of the address.</summary>
public sealed partial class TimeRangePicker
{
    private static readonly TimeSpan[] Quick =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromDays(7)];

    private ElementReference _custom;
    private string? _fromText;
    private string? _toText;
    private string? _problem;
    private TimeView? _shown;

    /// <summary>What the page looks at.</summary>
    [Parameter, EditorRequired]
    public TimeView View { get; set; } = TimeView.Default;

    /// <summary>Whether the charts of the page can show the period before as well.</summary>
    [Parameter]
    public bool CanCompare { get; set; } = true;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private string CustomText => View.Window is null ? "Custom range" : "Custom";

    private string LiveHint => View switch
    {
        { Window: null } => "This range is fixed; choose a quick range to follow the present",
        { IsLive: true } => "Hold the charts; data keeps arriving meanwhile",
        _ => "Follow the present again",
    };

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shown == View)
        {
            return;
        }

        _shown = View;
        var (from, to) = View.Range(Clock.GetUtcNow());
        var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/time.js");
        await using (module)
        {
            _fromText = await module.InvokeAsync<string>("toLocal", from.ToUnixTimeMilliseconds());
            _toText = await module.InvokeAsync<string>("toLocal", to.ToUnixTimeMilliseconds());
            await module.InvokeVoidAsync("close", _custom);
        }

        StateHasChanged();
    }

    private string AddressOf(TimeView view) => Address.GetUriWithQueryParameters(view.ToQuery());

    private void ToggleLive() => Address.NavigateTo(AddressOf(View with { PausedAt = View.IsLive ? Clock.GetUtcNow() : null }));

    private async Task ApplyAsync()
    {
        var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/time.js");
        await using (module)
        {
            var from = await module.InvokeAsync<long?>("toUnix", _fromText);
            var to = await module.InvokeAsync<long?>("toUnix", _toText);
            _problem = (from, to) switch
            {
                (null, _) or (_, null) => "Both ends need a date and a time.",
                ({ } start, { } end) when end <= start => "The end must be later than the start.",
                _ => null,
            };
            if (_problem is null)
            {
                Address.NavigateTo(AddressOf(View with
                {
                    Window = null,
                    PausedAt = null,
                    From = DateTimeOffset.FromUnixTimeMilliseconds(from!.Value),
                    To = DateTimeOffset.FromUnixTimeMilliseconds(to!.Value),
                }));
            }
        }
    }
}
