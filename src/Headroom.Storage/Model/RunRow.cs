namespace Headroom.Storage.Model;

/// <summary>A labelled run of a workload for calibration: when it ran, beside whom, and how it did.</summary>
public sealed class RunRow
{
    public int HostId { get; init; }

    public Guid RunId { get; init; }

    /// <summary>Entity of the workload, or null when it was not discovered.</summary>
    public int? EntityId { get; init; }

    /// <summary>What ran, for example <c>sysbench-cpu</c>.</summary>
    public required string Application { get; init; }

    /// <summary>What ran beside it, names in order; empty when it ran alone.</summary>
    public required string[] Neighbours { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    /// <summary>What was measured, for example <c>throughput</c> or <c>completion_time</c>.</summary>
    public required string OutcomeName { get; init; }

    public required string OutcomeUnit { get; init; }

    public double OutcomeValue { get; init; }

    /// <summary>JSON object of strings: command line, versions, repeat number.</summary>
    public required Dictionary<string, string> Attributes { get; init; }
}
