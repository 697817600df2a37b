using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Headroom.Web.Access;

/// <summary>Notes the network address of the request with whoever makes it: a page's circuit knows the person, but no longer the request.</summary>
internal sealed class WhereFrom(IHttpContextAccessor http) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (http.HttpContext?.Connection.RemoteIpAddress is not { } address || principal.HasClaim(claim => claim.Type == Claims.From))
        {
            return Task.FromResult(principal);
        }

        var more = new ClaimsPrincipal(principal);
        more.AddIdentity(new ClaimsIdentity([new(Claims.From, address.ToString())]));
        return Task.FromResult(more);
    }
}
