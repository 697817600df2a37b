using Headroom.Storage.Work;
using Headroom.Web.Api.Models;

namespace Headroom.Web.Api.Jobs;

/// <summary>One job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What kind of work.</param>
/// <param name="State">Queued, Running, Succeeded, Failed or Cancelled.</param>
/// <param name="Progress">Share done, 0 to 1.</param>
/// <param name="Message">What it is doing.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When a worker first took it.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="CancelRequested">Whether somebody asked it to stop.</param>
/// <param name="Attempts">How many workers took it.</param>
internal sealed record JobAnswer(
    Guid Id,
    string Kind,
    string State,
    double Progress,
    string? Message,
    string? Error,
    string RequestedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    bool CancelRequested,
    long Attempts)
{
    public static JobAnswer Of(WorkSummary work) => new(
        work.WorkId, work.Kind, work.State.ToString(), work.Progress, work.Message, work.Error, work.RequestedBy,
        work.CreatedAt, work.StartedAt, work.FinishedAt, work.CancelRequested, work.Attempts);
}

/// <summary>A job that was just asked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Job">Address of its state.</param>
/// <param name="Result">Address of its answer, once it succeeded.</param>
internal sealed record JobAccepted(Guid Id, string Job, string Result);

/// <summary>One line of a job's log.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="At">When it was written.</param>
/// <param name="Text">What it says.</param>
internal sealed record JobLogLine(long Line, DateTimeOffset At, string Text);

/// <summary>How long a job took.</summary>
/// <param name="EndedAt">When it succeeded.</param>
/// <param name="Seconds">From its first worker to its end.</param>
internal sealed record JobDurationAnswer(DateTimeOffset EndedAt, double Seconds)
{
    public static JobDurationAnswer Of(WorkDuration duration) => new(duration.EndedAt, duration.Took.TotalSeconds);
}

/// <summary>What a job did about models.</summary>
/// <param name="Versions">Those it made or decided about, the newest first.</param>
/// <param name="Decisions">What it decided, the newest first.</param>
internal sealed record JobModelsAnswer(IReadOnlyList<ModelVersionAnswer> Versions, IReadOnlyList<ModelDecisionAnswer> Decisions);
