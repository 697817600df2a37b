namespace Headroom.Web.Access;

/// <summary>Signing in at an identity provider by OpenID Connect, beside passwords. Off until an authority is named.</summary>
public sealed class OpenIdOptions
{
    public const string SectionName = "Headroom:OpenId";

    /// <summary>Address of the provider, for example `https://id.example.org/realms/main`. Default none: off.</summary>
    public string? Authority { get; set; }

    /// <summary>Name of this server at the provider; its redirect address there is `/sign-in/openid/back`.</summary>
    public string? ClientId { get; set; }

    /// <summary>Secret of this server at the provider; best a file in the folder of secrets.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the button on the sign-in page says.</summary>
    public string Title { get; set; } = "Sign in with your organisation";

    /// <summary>Claim that holds a person's roles or groups at the provider.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Value of the claim that makes an administrator.</summary>
    public string AdministratorValue { get; set; } = "headroom-administrator";

    /// <summary>Value of the claim that makes an operator.</summary>
    public string OperatorValue { get; set; } = "headroom-operator";

    /// <summary>Value of the claim that makes a viewer. A person with none of the three values is turned away.</summary>
    public string ViewerValue { get; set; } = "headroom-viewer";

    /// <summary>Whether the authority may be reached without TLS, for tests. Default `false`.</summary>
    public bool AllowHttp { get; set; }

    internal bool IsOn => !string.IsNullOrWhiteSpace(Authority);
}
