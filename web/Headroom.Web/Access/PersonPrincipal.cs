using System.Security.Claims;
using Headroom.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>What the cookie of a person says: id, address, role, and the stamp that changes with password, role and rights.</summary>
internal sealed class PersonPrincipal(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<PersonRow>
{
    public Task<ClaimsPrincipal> CreateAsync(PersonRow user) => Task.FromResult(new ClaimsPrincipal(Claims.Identity(
        IdentityConstants.ApplicationScheme,
        user.Email ?? "",
        user.Role,
        new(ClaimTypes.NameIdentifier, user.Id.ToString()),
        new(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp ?? ""))));
}
