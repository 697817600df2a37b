namespace Headroom.Storage.Model;

/// <summary>A link that lets one person join, once; or lets somebody who is there choose a new password.</summary>
public sealed class InvitationRow
{
    public Guid InvitationId { get; init; }

    /// <summary>SHA-256 of the token in the link; the token itself is shown once and never stored.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Mail address of the person.</summary>
    public required string Address { get; init; }

    public PersonRole Role { get; init; }

    /// <summary>Who invited: a person's address, or the command that did.</summary>
    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
