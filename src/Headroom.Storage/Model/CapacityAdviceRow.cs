namespace Headroom.Storage.Model;

/// <summary>One recommendation for a host as it was given: a line of the shadow ledger.</summary>
public sealed class CapacityAdviceRow
{
    public Guid AdviceId { get; init; }

    public int HostId { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it only repeats what is promised, since too little is known.</summary>
    public bool IsCold { get; init; }

    /// <summary>Share of windows that may exceed it, 0 to 1.</summary>
    public double Risk { get; init; }

    /// <summary>The recommendation, JSON.</summary>
    public required string Recommendation { get; init; }

    /// <summary>ZIP file of its inputs.</summary>
    public required byte[] Snapshot { get; init; }

    /// <summary>Why it must not be followed; null while it may.</summary>
    public string? WithdrawnReason { get; set; }

    /// <summary>When it was held against what came; null while its time is not over.</summary>
    public DateTimeOffset? JudgedAt { get; set; }

    public List<CapacityOutcomeRow> Outcomes { get; init; } = [];
}
