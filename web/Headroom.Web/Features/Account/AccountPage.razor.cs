using System.Security.Claims;
using Headroom.Storage.People;
using Headroom.Web.Access;
using Headroom.Web.Api.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Features.Account;

/// <summary>A person's own password, keys and way out. Plain forms: every change is a request, and a new key is in one answer only.</summary>
public sealed partial class AccountPage
{
    private ClaimsPrincipal _person = new();
    private IReadOnlyList<ApiKeyAnswer> _keys = [];
    private NewApiKey? _made;
    private string? _keyProblem;
    private string? _passwordProblem;
    private bool _passwordChanged;

    [CascadingParameter]
    private Task<AuthenticationState> Person { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "key")]
    private KeyForm? Key { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm? Password { get; set; }

    [Inject]
    private Entrance Entrance { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private ApiKeys Keys { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IOptions<PeopleOptions> Limits { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _person = (await Person).User;
        await ListAsync();
    }

    private async Task ListAsync()
    {
        var now = Clock.GetUtcNow();
        _keys = _person.PersonId() is { } id ? [.. (await Keys.ListAsync(id, CancellationToken.None)).Select(key => ApiKeyAnswer.Of(key, now))] : [];
    }

    private async Task MakeKeyAsync()
    {
        var request = new ApiKeyRequest(Key?.Name, Key?.Scope, Key?.Days ?? 0);
        (_made, _keyProblem) = await Actions.RunAsync(
            Policies.Viewer, "CreateApiKey", $"key {request.Name}", _ => AccountApi.MakeAsync(request, _person, Keys, Limits.Value, CancellationToken.None));
        await ListAsync();
    }

    private async Task RevokeAsync(Guid key)
    {
        await Actions.RunAsync(Policies.Viewer, "RevokeOwnApiKey", $"/api/v1/account/api-keys/{key}", _ => Keys.RevokeAsync(key, _person.PersonId() ?? Guid.Empty, CancellationToken.None));
        await ListAsync();
    }

    private async Task ChangePasswordAsync()
    {
        _passwordProblem = Password?.Next != Password?.Again
            ? "The two new passwords are not the same."
            : await Entrance.ChangePasswordAsync(_person, Password?.Present ?? "", Password?.Next ?? "");
        _passwordChanged = _passwordProblem is null;
    }

    private async Task SignOutAsync()
    {
        await Entrance.SignOutAsync(_person);
        Address.NavigateTo(Entrance.SignInPath);
    }

    private sealed class KeyForm
    {
        public string? Name { get; set; }

        public string? Scope { get; set; }

        public int Days { get; set; }
    }

    private sealed class PasswordForm
    {
        public string? Present { get; set; }

        public string? Next { get; set; }

        public string? Again { get; set; }
    }
}
