namespace Headroom.Jobs.Scheduling;

/// <summary>Work that is done again and again. Safe to run twice and beside itself.</summary>
public interface IScheduledJob
{
    /// <summary>Stable id, for example <c>telemetry-roll-up</c>.</summary>
    string Name { get; }

    /// <summary>Does the work once and says in one sentence what was done.</summary>
    Task<string> RunAsync(CancellationToken cancellationToken);
}
