namespace Headroom.Interference.Runs;

/// <summary>One workload watched over one window beside its neighbours.</summary>
public sealed record InterferenceRun
{
    /// <summary>Unique in its set.</summary>
    public required string Id { get; init; }

    /// <summary>What ran: the group that leave-applications-out keeps whole.</summary>
    public required string Application { get; init; }

    /// <summary>Which neighbours it had: the group that leave-composition-out keeps whole.</summary>
    public required string Composition { get; init; }

    /// <summary>What one campaign shares (session, experiment, host), where it is known.</summary>
    public string? Session { get; init; }

    /// <summary>No neighbour disturbed it.</summary>
    public bool IsSolo { get; init; }

    /// <summary>train, val or another mark of the source; null where it has none.</summary>
    public string? Split { get; init; }

    /// <summary>Steps x metrics of the schema, oldest first, at least one step; NaN where a value is missing.</summary>
    public required float[][] Frames { get; init; }

    /// <summary>One value per context feature of the schema; NaN where it is missing.</summary>
    public required float[] Context { get; init; }

    /// <summary>The measured value to predict; null for a window that is only to be predicted.</summary>
    public double? Label { get; init; }
}
