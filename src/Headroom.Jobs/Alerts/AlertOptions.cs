using System.ComponentModel.DataAnnotations;

namespace Headroom.Jobs.Alerts;

/// <summary>Settings of alerts, each with its default.</summary>
public sealed class AlertOptions
{
    public const string SectionName = "Headroom:Alerts";

    /// <summary>Most of a pause between two evaluations that counts towards the time a rule must be broken for, in seconds (default 90): what nobody looked at is no evidence.</summary>
    [Range(1, 3600)]
    public double LongestPauseSeconds { get; set; } = 90;

    /// <summary>Rules that there may be (default 500).</summary>
    [Range(1, 100_000)]
    public int MaxRules { get; set; } = 500;

    /// <summary>Channels that there may be (default 100).</summary>
    [Range(1, 10_000)]
    public int MaxChannels { get; set; } = 100;

    /// <summary>Alerts that one rule may have open at the same time (default 1000): a rule that hits everything is wrong, and says so.</summary>
    [Range(1, 1_000_000)]
    public int MaxOpenPerRule { get; set; } = 1_000;

    /// <summary>Alerts that one message lists; it counts the others (default 50).</summary>
    [Range(1, 1_000)]
    public int MaxAlertsPerMessage { get; set; } = 50;

    /// <summary>How much past a preview tries a rule on, in days (default 7).</summary>
    [Range(1, MostPreviewDays)]
    public int PreviewDays { get; set; } = 7;

    /// <summary>Hosts, workloads or other subjects that a preview looks at (default 200); it says when there are more.</summary>
    [Range(1, 10_000)]
    public int PreviewSubjects { get; set; } = 200;

    /// <summary>Hours over whose means the growth of a filesystem is a straight line (default 12).</summary>
    [Range(2, 720)]
    public int DiskTrendHours { get; set; } = 12;

    /// <summary>How long alerts that ended and the log of messages are kept, in days (default 90).</summary>
    [Range(1, 3650)]
    public double KeepDays { get; set; } = 90;

    /// <summary>Tries to deliver a message before it is given up (default 10: about fifty minutes).</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Time until the second try, in seconds; it doubles with every further one (default 10).</summary>
    [Range(0.1, 3600)]
    public double BackoffSeconds { get; set; } = 10;

    /// <summary>Longest time between two tries, in seconds (default 900).</summary>
    [Range(0.1, 86_400)]
    public double MaxBackoffSeconds { get; set; } = 900;

    /// <summary>How long a receiver may take, in seconds (default 10).</summary>
    [Range(0.1, 300)]
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>Messages that one worker sends at the same time (default 4).</summary>
    [Range(1, 64)]
    public int Lanes { get; set; } = 4;

    /// <summary>
    /// Networks that webhooks must not lead to, with commas between them, whatever name stands in the address; they are checked at every connection. Default: link-local
    /// addresses and the metadata services of clouds, unspecified, multicast and broadcast addresses.
    /// </summary>
    public string RefusedNetworks { get; set; } = "169.254.0.0/16, fe80::/10, fd00:ec2::254/128, 100.100.100.200/32, 0.0.0.0/8, ::/128, 224.0.0.0/4, ff00::/8, 255.255.255.255/32";

    /// <summary>Address under which people reach the pages, for links in messages (default none: no links).</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Most past of a preview, in days.</summary>
    public const int MostPreviewDays = 14;

    /// <summary>When to try again after a number of tries; null when it was the last.</summary>
    internal TimeSpan? BackoffAfter(int attempts) =>
        attempts >= MaxAttempts ? null : TimeSpan.FromSeconds(Math.Min(MaxBackoffSeconds, BackoffSeconds * Math.Pow(2, attempts - 1)));
}
