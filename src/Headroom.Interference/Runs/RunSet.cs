namespace Headroom.Interference.Runs;

/// <summary>What the label of a set measures.</summary>
/// <param name="Name">For example normalised performance.</param>
/// <param name="Unit">ratio for a share of the undisturbed performance.</param>
/// <param name="IsShare">1 means undisturbed and 0 nothing left.</param>
public sealed record TargetDefinition(string Name, string Unit, bool IsShare)
{
    /// <summary>Performance as a share of what the workload would do alone (CloudFormer's P).</summary>
    public static TargetDefinition Performance { get; } = new("performance alone = 1", "ratio", true);
}

/// <summary>Runs of one source with one schema.</summary>
public sealed record RunSet(string Name, TargetDefinition Target, FeatureSchema Schema, IReadOnlyList<InterferenceRun> Runs)
{
    public RunSet With(IEnumerable<InterferenceRun> runs) => this with { Runs = [.. runs] };

    /// <summary>The runs that have a label.</summary>
    public RunSet Labelled() => With(Runs.Where(run => run.Label is not null));
}
