namespace Headroom.Jobs.Scheduling;

/// <summary>When a job runs and how it did.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Cron">Five fields, or six with seconds in front, UTC; null when it is switched off.</param>
/// <param name="Default">What the program says.</param>
/// <param name="ChangedBy">Who changed it; null when it runs as the program says.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="LastRunAt">When it last ran.</param>
/// <param name="NextRunAt">When it runs next.</param>
/// <param name="LastState">How the last run ended, in the words of Hangfire.</param>
/// <param name="LastSaid">What it said of itself, or why it failed; null once Hangfire has forgotten it.</param>
public sealed record ScheduleLine(
    string Job, string? Cron, string Default, string? ChangedBy, DateTimeOffset? ChangedAt, DateTimeOffset? LastRunAt, DateTimeOffset? NextRunAt, string? LastState, string? LastSaid);
