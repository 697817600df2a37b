namespace Headroom.Jobs.Scheduling;

/// <summary>When a job shall run, without when it last did and next will.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Cron">When it runs, UTC; null when it is switched off.</param>
/// <param name="Default">What the program says.</param>
/// <param name="ChangedBy">Who changed it; null when it runs as the program says.</param>
/// <param name="ChangedAt">When.</param>
public sealed record SetSchedule(string Job, string? Cron, string Default, string? ChangedBy, DateTimeOffset? ChangedAt);
