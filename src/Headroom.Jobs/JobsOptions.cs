using System.ComponentModel.DataAnnotations;

namespace Headroom.Jobs;

/// <summary>Settings of the background jobs.</summary>
public sealed class JobsOptions
{
    public const string SectionName = "Headroom:Jobs";

    /// <summary>Jobs that one process runs at the same time (default 2).</summary>
    [Range(1, 64)]
    public int WorkerCount { get; set; } = 2;

    /// <summary>How often the queues are asked for work, in seconds (default 5).</summary>
    [Range(1, 300)]
    public int PollSeconds { get; set; } = 5;

    /// <summary>Long pieces of work that one process runs at the same time (default 1).</summary>
    [Range(1, 64)]
    public int WorkCount { get; set; } = 1;

    /// <summary>Whether this process works off the queues, or only asks for work (default true; <c>Headroom:Roles</c> sets it).</summary>
    public bool IsWorker { get; set; } = true;

    /// <summary>How often running work writes its progress and asks whether it shall stop, in seconds (default 1).</summary>
    [Range(0.05, 60)]
    public double HeartbeatSeconds { get; set; } = 1;

    /// <summary>How long a worker that says nothing is trusted to be alive, in seconds (default 30).</summary>
    [Range(1, 3600)]
    public double LeaseSeconds { get; set; } = 30;

    /// <summary>After how long without a sign of life Hangfire gives a job to another worker, in seconds (default 1800; a worker gives five signs in that time).</summary>
    [Range(1, 86_400)]
    public double InvisibilitySeconds { get; set; } = 1_800;

    /// <summary>How old a lock of Hangfire's may grow before it counts as left behind by a program that was killed, in seconds (default 30; none is held for longer than a moment).</summary>
    [Range(1, 3600)]
    public double LockSeconds { get; set; } = 30;

    /// <summary>How long work that ended is kept, in days (default 90).</summary>
    [Range(1, 3650)]
    public int KeepWorkDays { get; set; } = 90;
}
