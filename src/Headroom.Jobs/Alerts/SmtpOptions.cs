using System.ComponentModel.DataAnnotations;

namespace Headroom.Jobs.Alerts;

/// <summary>The mail server that alerts go through.</summary>
public sealed class SmtpOptions
{
    public const string SectionName = "Headroom:Smtp";

    /// <summary>Its name or address (default none: no mail).</summary>
    public string? Host { get; set; }

    /// <summary>Its port (default 587).</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary><c>starttls</c>, <c>tls</c> from the first byte, or <c>none</c> (default starttls).</summary>
    [AllowedValues("starttls", "tls", "none")]
    public string Security { get; set; } = "starttls";

    /// <summary>Who signs in (default none: nobody does).</summary>
    public string? User { get; set; }

    /// <summary>The password; best a file in the folder of secrets (default none).</summary>
    public string? Password { get; set; }

    /// <summary>Address that mail comes from (default headroom@localhost).</summary>
    public string From { get; set; } = "headroom@localhost";
}
