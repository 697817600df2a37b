using System.ComponentModel.DataAnnotations;

namespace Headroom.Web.Access;

/// <summary>Limits and times of sessions, passwords, invitations and API keys.</summary>
public sealed class PeopleOptions
{
    public const string SectionName = "Headroom:People";

    /// <summary>How long an invitation works. Default 3 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long a session lasts after its last use. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A session whose person was disabled or changed role or password ends within this. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RevalidateAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Least length of a password, characters. Default 12.</summary>
    [Range(8, 128)]
    public int PasswordLength { get; set; } = 12;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 that a password is hashed with. Default 210,000, what OWASP advises.</summary>
    [Range(10_000, 10_000_000)]
    public int PasswordRounds { get; set; } = 210_000;

    /// <summary>Wrong passwords until a person has to wait. Default 5.</summary>
    [Range(1, 1_000)]
    public int WrongPasswords { get; set; } = 5;

    /// <summary>How long that person has to wait. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LockoutTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest life of an API key, days. Default 365.</summary>
    [Range(1, 3_650)]
    public int KeyDays { get; set; } = 365;

    /// <summary>API keys that one person may have at a time. Default 20.</summary>
    [Range(1, 1_000)]
    public int KeysPerPerson { get; set; } = 20;
}
