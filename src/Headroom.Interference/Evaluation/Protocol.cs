using Headroom.Interference.Champion;

namespace Headroom.Interference.Evaluation;

/// <summary>What the scored runs have that no training run had.</summary>
public enum Protocol
{
    /// <summary>Mixes of neighbours never seen.</summary>
    Composition,

    /// <summary>Applications never seen (the paper's protocol).</summary>
    Application,

    /// <summary>Nothing: rows at random, a contrast that flatters every model.</summary>
    Random,
}

/// <summary>What a protocol means for a model.</summary>
public static class Protocols
{
    public static Novelty Novelty(this Protocol protocol) => protocol switch
    {
        Protocol.Composition => Champion.Novelty.Composition,
        Protocol.Application => Champion.Novelty.Application,
        _ => Champion.Novelty.None,
    };

    internal static Func<Runs.InterferenceRun, string> Group(this Protocol protocol) => protocol switch
    {
        Protocol.Composition => run => run.Composition,
        Protocol.Application => run => run.Application,
        _ => run => run.Id,
    };
}
