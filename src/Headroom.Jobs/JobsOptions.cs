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
}
