using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;

namespace Headroom.Web.Shell;

/// <summary>The frame of every page: bar, navigation by task, content.</summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private ClaimsPrincipal? _person;
    private bool _open;

    [CascadingParameter]
    private Task<AuthenticationState> Person { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private string SkipTarget => $"{Address.ToBaseRelativePath(Address.Uri).Split('#')[0]}#content";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync() => _person = (await Person).User;

    private void Toggle() => _open = !_open;

    private void Close() => _open = false;

    private void Recover() => _boundary?.Recover();
}
