namespace Headroom.Storage.Model;

/// <summary>A board that a user added, with its capacities.</summary>
public sealed class FpgaBoardRow
{
    /// <summary>Name, lower case; an own board of a known name takes its place.</summary>
    public required string Name { get; init; }

    public required string Part { get; set; }

    public double Lut { get; set; }

    public double FlipFlop { get; set; }

    public double Dsp { get; set; }

    /// <summary>Blocks of 18 Kb.</summary>
    public double BlockRam18 { get; set; }

    public double UltraRam { get; set; }

    /// <summary>Where the numbers come from.</summary>
    public required string Source { get; set; }

    public DateTimeOffset AddedAt { get; set; }
}
