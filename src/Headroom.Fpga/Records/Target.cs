namespace Headroom.Fpga.Records;

/// <summary>The six numbers a synthesis gives.</summary>
public enum Target
{
    Bram,
    Dsp,
    Ff,
    Lut,
    Cycles,
    Ii,
}

public static class Targets
{
    public static IReadOnlyList<Target> All { get; } = Enum.GetValues<Target>();

    /// <summary>The name used in figures, tables and JSON: bram, dsp, ff, lut, cycles, ii.</summary>
    public static string Name(this Target target) => target.ToString().ToLowerInvariant();

    /// <summary>The unit a prediction of this target has.</summary>
    public static string Unit(this Target target) => target switch
    {
        Target.Bram => "BRAM18",
        Target.Dsp => "DSP",
        Target.Ff => "FF",
        Target.Lut => "LUT",
        _ => "clock cycles",
    };

    /// <summary>Blocks and cycles are counted whole; LUT and FF are so many that rounding would say nothing.</summary>
    public static bool IsWhole(this Target target) => target is not (Target.Lut or Target.Ff);

    /// <summary>Whether a design may well need none of it.</summary>
    public static bool IsOftenZero(this Target target) => target is Target.Bram or Target.Dsp;

    /// <summary>Whether a rule gives the count; LUT and FF have none.</summary>
    public static bool HasRule(this Target target) => target is not (Target.Lut or Target.Ff);

    /// <summary>Whether the tools add cycles to the rule rather than stretch it.</summary>
    public static bool HasOverhead(this Target target) => target is Target.Cycles or Target.Ii;
}
