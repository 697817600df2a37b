namespace Headroom.Jobs.Scheduling;

/// <summary>When a job runs.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Cron">Five fields, or six with seconds in front, UTC.</param>
public sealed record Schedule(string Job, string Cron);
