using System.ComponentModel.DataAnnotations;

namespace Headroom.Web.Access;

/// <summary>How much one caller may ask within a fixed window. An open server has no limits: only its own machine reaches it.</summary>
public sealed class RateLimitOptions
{
    public const string SectionName = "Headroom:RateLimit";

    /// <summary>Length of the window. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests per window of one API key or one person. Default 6,000.</summary>
    [Range(1, 100_000_000)]
    public int Requests { get; set; } = 6_000;

    /// <summary>Requests per window of one network address without a key or a session. Default 300.</summary>
    [Range(1, 100_000_000)]
    public int RequestsPerAddress { get; set; } = 300;

    /// <summary>Attempts per window of one network address to sign in or to join. Default 20.</summary>
    [Range(1, 100_000_000)]
    public int SignInsPerAddress { get; set; } = 20;
}
