namespace Headroom.Storage.Model;

/// <summary>One piece of long work that somebody or a schedule asked for: a backtest, a sweep, a training.</summary>
public sealed class WorkRow
{
    public Guid WorkId { get; init; }

    /// <summary>Name of the kind of work, for example <c>backtest</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What to do: a JSON object that the kind understands.</summary>
    public required string Arguments { get; init; }

    public WorkState State { get; set; }

    /// <summary>Share that is done, 0 to 1.</summary>
    public double Progress { get; set; }

    /// <summary>What it is doing, in a few words.</summary>
    public string? Message { get; set; }

    /// <summary>JSON answer, once it succeeded.</summary>
    public string? Result { get; set; }

    /// <summary>Why it failed, for people.</summary>
    public string? Error { get; set; }

    /// <summary>Where the next worker goes on; gone once the work has ended.</summary>
    public byte[]? Checkpoint { get; set; }

    /// <summary>Who asked: a person, <c>api</c>, or a schedule.</summary>
    public required string RequestedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>Counts the workers that took this work; only the newest may write (a fencing token).</summary>
    public long Fence { get; set; }

    /// <summary>The machine and process that holds it.</summary>
    public string? Worker { get; set; }

    /// <summary>Until when its worker is trusted to be alive.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
}
