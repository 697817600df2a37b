using Headroom.Storage.Model;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>A page that stays open looks again whether its person is still who they were: a circuit outlives many requests.</summary>
internal sealed class CircuitRevalidation(
    ILoggerFactory logger, IServiceScopeFactory scopes, IOptions<AccessOptions> access, IOptions<PeopleOptions> people, IOptions<IdentityOptions> identity)
    : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => people.Value.RevalidateAfter;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (access.Value.Access == AccessMode.Open)
        {
            return true;
        }

        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<UserManager<PersonRow>>();
        return await manager.GetUserAsync(authenticationState.User) is { DisabledAt: null } person
            && authenticationState.User.FindFirst(identity.Value.ClaimsIdentity.SecurityStampClaimType)?.Value == person.SecurityStamp;
    }
}
