using System.Security.Claims;
using System.Text.Encodings.Web;
using Headroom.Storage.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>On an open server everybody who reaches it is an administrator.</summary>
internal sealed class OpenScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "open";

    private const string Anyone = "anyone";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(
        new AuthenticationTicket(new ClaimsPrincipal(Claims.Identity(Name, Anyone, PersonRole.Administrator)), Name)));
}
