namespace Headroom.Interference.Runs;

/// <summary>Whose behaviour a feature describes.</summary>
public enum FeatureBlock
{
    /// <summary>The workload that is asked about.</summary>
    Target,

    /// <summary>The mean over its neighbours.</summary>
    Neighbours,

    /// <summary>The host they share.</summary>
    Host,

    /// <summary>The GPU they share.</summary>
    Gpu,

    /// <summary>Facts known before the run: offered load, replicas, batch size.</summary>
    Context,
}

/// <summary>What a feature says something about; reasons are summed per resource.</summary>
public enum Resource
{
    Cpu,
    Cache,
    MemoryBandwidth,
    Memory,
    Disk,
    Network,
    Gpu,
    Load,
    Other,
}

/// <summary>One measured or known number of a run.</summary>
/// <param name="Block">Whose behaviour it describes.</param>
/// <param name="Name">Its name in the source.</param>
/// <param name="Unit">Its unit, 1 for a plain number.</param>
/// <param name="Resource">What it is about.</param>
public sealed record Feature(FeatureBlock Block, string Name, string Unit, Resource Resource)
{
    public override string ToString() => $"{Block}.{Name} [{Unit}]";
}

/// <summary>Which numbers every run of a set has: a series per metric, one value per context feature.</summary>
public sealed record FeatureSchema(IReadOnlyList<Feature> Metrics, IReadOnlyList<Feature> Context)
{
    /// <summary>What differs between two schemas, one line each; empty when they are equal.</summary>
    public IReadOnlyList<string> Difference(FeatureSchema other)
    {
        var (own, theirs) = (Lines(), other.Lines());
        return own.SequenceEqual(theirs)
            ? []
            : [
                .. own.Except(theirs).Select(line => $"- {line}"),
                .. theirs.Except(own).Select(line => $"+ {line}"),
                .. own.ToHashSet().SetEquals(theirs) ? (string[])["the features are the same in another order"] : [],
            ];
    }

    private List<string> Lines() => [.. Metrics.Select(feature => $"metric {feature}"), .. Context.Select(feature => $"context {feature}")];
}
