using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Headroom.Web.Shell;

/// <summary>The frame of every page: bar, navigation by task, content.</summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private bool _open;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private string SkipTarget => $"{Address.ToBaseRelativePath(Address.Uri).Split('#')[0]}#content";

    private void Toggle() => _open = !_open;

    private void Close() => _open = false;

    private void Recover() => _boundary?.Recover();
}
