using System.ComponentModel.DataAnnotations;

namespace Headroom.Web.Access;

/// <summary>Who may come in.</summary>
public enum AccessMode
{
    /// <summary>Everybody with a role, after signing in or with a key.</summary>
    SignIn,

    /// <summary>Everybody who reaches the server may do everything. For a server that listens on its own machine only.</summary>
    Open,
}

/// <summary>Who may come in, and where the server is.</summary>
public sealed class AccessOptions
{
    public const string SectionName = "Headroom";

    /// <summary>`SignIn`, or `Open` for a server that only its own machine reaches. Default `SignIn`; `headroom up` says `Open` until somebody has joined.</summary>
    [EnumDataType(typeof(AccessMode))]
    public AccessMode Access { get; set; } = AccessMode.SignIn;

    /// <summary>Address at which people reach the server, for links that the program itself prints. Default: the address it listens on.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Further addresses, as `https://name:port`, whose pages may call this server, for a proxy that does not pass the Host header on. Default none.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];
}
