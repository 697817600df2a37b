using Headroom.Storage.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>Signs people in and out; keeps out who is disabled.</summary>
internal sealed class Door(
    UserManager<PersonRow> people,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<PersonRow> principals,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<PersonRow>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<PersonRow> confirmation) : SignInManager<PersonRow>(people, http, principals, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(PersonRow user) => user.DisabledAt is null && await base.CanSignInAsync(user);
}
