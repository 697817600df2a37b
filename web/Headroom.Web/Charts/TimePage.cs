using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Charts;

/// <summary>A page of charts whose range of time lives in the address.</summary>
public abstract class TimePage : ComponentBase
{
    /// <summary>Length of a range that follows the present, for example <c>15m</c>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeText { get; set; }

    /// <summary>End of a paused range, Unix milliseconds.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public long? PausedAt { get; set; }

    /// <summary>Start of a fixed range, Unix milliseconds.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public long? FromTime { get; set; }

    /// <summary>End of a fixed range, Unix milliseconds.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public long? ToTime { get; set; }

    /// <summary><c>previous</c> to show the period before as well.</summary>
    [SupplyParameterFromQuery(Name = "compare")]
    public string? CompareWith { get; set; }

    /// <summary>The address of the page.</summary>
    [Inject]
    protected NavigationManager Address { get; set; } = null!;

    /// <summary>What the page looks at.</summary>
    protected TimeView View { get; private set; } = TimeView.Default;

    /// <inheritdoc />
    protected override void OnParametersSet() => View = TimeView.Parse(RangeText, PausedAt, FromTime, ToTime, CompareWith);

    /// <summary>Fixes the range to what a person marked on a chart; going back in the browser undoes it.</summary>
    protected void Zoom((DateTimeOffset From, DateTimeOffset To) range) =>
        Address.NavigateTo(Address.GetUriWithQueryParameters((View with { Window = null, PausedAt = null, From = range.From, To = range.To }).ToQuery()));
}
