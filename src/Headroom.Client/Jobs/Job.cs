namespace Headroom.Client.Jobs;

/// <summary>Where a job is in its life.</summary>
public enum JobState
{
    /// <summary>No worker has it.</summary>
    Queued,

    /// <summary>A worker has it.</summary>
    Running,

    /// <summary>It has a result.</summary>
    Succeeded,

    /// <summary>It has an error.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}

/// <summary>One job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What kind of work.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Progress">Share done, 0 to 1.</param>
/// <param name="Message">What it is doing.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When a worker first took it.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record Job(
    Guid Id, string Kind, JobState State, double Progress, string? Message, string? Error, string RequestedBy, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Whether it will not change any more unless somebody asks for it again.</summary>
    public bool HasEnded => State is JobState.Succeeded or JobState.Failed or JobState.Cancelled;
}

/// <summary>A job that was just asked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Job">Address of its state.</param>
/// <param name="Result">Address of its answer, once it succeeded.</param>
public sealed record StartedJob(Guid Id, string Job, string Result);
