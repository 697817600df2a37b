using Headroom.Storage.Model;

namespace Headroom.Storage.Work;

/// <summary>A piece of work without its arguments, result and checkpoint.</summary>
/// <param name="WorkId">Its id.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Progress">Share done, 0 to 1.</param>
/// <param name="Message">What it is doing.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When a worker first took it.</param>
/// <param name="FinishedAt">When it ended, in whatever way.</param>
/// <param name="CancelRequested">Whether somebody asked it to stop.</param>
/// <param name="Attempts">How many workers took it.</param>
/// <param name="Worker">The machine and process that holds or held it.</param>
public sealed record WorkSummary(
    Guid WorkId,
    string Kind,
    WorkState State,
    double Progress,
    string? Message,
    string? Error,
    string RequestedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    bool CancelRequested,
    long Attempts,
    string? Worker)
{
    /// <summary>Whether it will not change any more unless somebody asks for it again.</summary>
    public bool Ended => State is WorkState.Succeeded or WorkState.Failed or WorkState.Cancelled;
}

/// <summary>How long a piece of work took.</summary>
/// <param name="EndedAt">When it succeeded.</param>
/// <param name="Took">From its first worker to its end.</param>
public sealed record WorkDuration(DateTimeOffset EndedAt, TimeSpan Took);

/// <summary>Work that should run and that no living worker holds.</summary>
public sealed record OrphanedWork(Guid WorkId, string Kind);

/// <summary>What a piece of work answered.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="EndedAt">When it succeeded.</param>
/// <param name="Result">Its answer, JSON.</param>
public sealed record WorkAnswer(Guid WorkId, DateTimeOffset EndedAt, string Result);
