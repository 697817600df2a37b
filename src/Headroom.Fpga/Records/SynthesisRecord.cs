using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;

namespace Headroom.Fpga.Records;

/// <summary>One design that was really synthesised, and what came out. A missing number is null.</summary>
public sealed record SynthesisRecord
{
    public required string Id { get; init; }

    /// <summary>The importer that read it.</summary>
    public required string Source { get; init; }

    /// <summary>What must stay on one side of a split: the architecture or shape.</summary>
    public required string SplitGroup { get; init; }

    /// <summary>The group it is reported under, for example dense, conv1d, 2layer.</summary>
    public required string Subset { get; init; }

    /// <summary>train, val or test as the file says; null when the file says nothing.</summary>
    public string? Split { get; init; }

    public required Design Design { get; init; }

    /// <summary>Whether the tool came to an end; null when not recorded.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>18 Kb blocks.</summary>
    public double? BlockRam18 { get; init; }

    /// <summary>Blocks as the source prints them per 18 Kb block: 1, or 0.5 where it counts 36 Kb blocks.</summary>
    public double PrintedPerBlockRam18 { get; init; } = 1;

    public double? Dsp { get; init; }

    public double? FlipFlop { get; init; }

    public double? Lut { get; init; }

    public double? Cycles { get; init; }

    public double? InitiationInterval { get; init; }

    /// <summary>The reuse factor hls4ml really used, per layer with weights in their order, null where the source does not state it; empty when it states none.</summary>
    public IReadOnlyList<int?> ActualReuseFactors { get; init; } = [];

    /// <summary>Capacities of the part as the report states them; null when it does not.</summary>
    public Capacity? Available { get; init; }

    /// <summary>True when every number is the median over several syntheses, so that fractions are real.</summary>
    public bool Averaged { get; init; }

    public double? this[Target target] => target switch
    {
        Target.Bram => BlockRam18,
        Target.Dsp => Dsp,
        Target.Ff => FlipFlop,
        Target.Lut => Lut,
        Target.Cycles => Cycles,
        _ => InitiationInterval,
    };
}
