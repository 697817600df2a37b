using System.Security.Claims;
using Headroom.Storage.Model;

namespace Headroom.Web.Access;

/// <summary>What a principal says about whoever is there, in whatever way they came in.</summary>
internal static class Claims
{
    /// <summary>Id of the API key that was used.</summary>
    public const string KeyId = "headroom:key";

    /// <summary>Name of the API key that was used.</summary>
    public const string KeyName = "headroom:key-name";

    /// <summary>Network address of the request.</summary>
    public const string From = "headroom:from";

    /// <summary>The role; null for whoever is not signed in.</summary>
    public static PersonRole? Role(this ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && Enum.TryParse<PersonRole>(principal.FindFirstValue(ClaimTypes.Role), out var role) && Enum.IsDefined(role) ? role : null;

    /// <summary>The person; null on an open server and for whoever is not signed in.</summary>
    public static Guid? PersonId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Whether an API key was used.</summary>
    public static bool HasKey(this ClaimsPrincipal principal) => principal.HasClaim(claim => claim.Type == KeyId);

    /// <summary>Who it is, for people who read it later: the address, with the key's name where one was used.</summary>
    public static string Who(this ClaimsPrincipal principal) => (principal.Identity?.Name, principal.FindFirstValue(KeyName)) switch
    {
        (null, _) => "nobody",
        ({ } name, null) => name,
        ({ } name, { } key) => $"{name} (key {key})",
    };

    public static string? CameFrom(this ClaimsPrincipal principal) => principal.FindFirstValue(From);

    /// <summary>A principal of a person, or of a person's key.</summary>
    public static ClaimsIdentity Identity(string scheme, string name, PersonRole role, params Claim[] more) =>
        new([new(ClaimTypes.Name, name), new(ClaimTypes.Role, role.ToString()), .. more], scheme);
}
