using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Shared;

/// <summary>Title of a page, what it answers, and what can be done there.</summary>
public sealed partial class PageHeader
{
    /// <summary>Name of the page; also the title of the browser's tab.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>One sentence under the title.</summary>
    [Parameter]
    public string? Lead { get; set; }

    /// <summary>Links to the pages above this one.</summary>
    [Parameter]
    public RenderFragment? Trail { get; set; }

    /// <summary>Chips and facts under the lead.</summary>
    [Parameter]
    public RenderFragment? Below { get; set; }

    /// <summary>Controls on the right.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
