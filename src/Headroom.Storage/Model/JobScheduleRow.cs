namespace Headroom.Storage.Model;

/// <summary>A schedule that somebody changed; jobs without one run as the program says.</summary>
public sealed class JobScheduleRow
{
    /// <summary>Name of the job.</summary>
    public required string Job { get; init; }

    /// <summary>Five fields, UTC; null for a job that is switched off.</summary>
    public string? Cron { get; set; }

    public required string ChangedBy { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
