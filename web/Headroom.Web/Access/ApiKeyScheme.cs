using System.Security.Claims;
using System.Text.Encodings.Web;
using Headroom.Storage.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary><c>Authorization: Bearer hr_…</c>: a person's key for programs.</summary>
internal sealed class ApiKeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "api-key";

    private const string Bearer = "Bearer ";
    private const int MaxKeyLength = 200;

    /// <summary>Whether the request carries something that looks like a key; agents' keys do not.</summary>
    public static bool IsCarriedBy(HttpRequest request) =>
        request.Headers.Authorization is [{ Length: <= MaxKeyLength } header] && header.StartsWith(Bearer + ApiKeys.Prefix, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsCarriedBy(Request))
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.AcceptAsync(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim(), Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("the key is unknown, revoked or expired, or its owner is disabled");
        }

        var identity = Claims.Identity(
            Name, key.Address, key.Role, new(ClaimTypes.NameIdentifier, key.PersonId.ToString()), new(Claims.KeyId, key.KeyId.ToString()), new(Claims.KeyName, key.Name));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
