using Microsoft.AspNetCore.Identity;

namespace Headroom.Storage.Model;

/// <summary>Somebody who signs in. The mail address is also the user name.</summary>
public sealed class PersonRow : IdentityUser<Guid>
{
    public PersonRole Role { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this person last signed in, null before the first time.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>Since when this person may not sign in; null for everybody else.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
