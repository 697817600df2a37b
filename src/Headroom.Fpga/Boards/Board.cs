namespace Headroom.Fpga.Boards;

/// <summary>What a part holds. BRAM counts 18 Kb blocks.</summary>
public sealed record Capacity(double Lut, double FlipFlop, double Dsp, double BlockRam18, double UltraRam);

/// <summary>A board (or bare part) with its capacities and where the numbers come from.</summary>
public sealed record Board(string Name, string Part, Capacity Capacity, string Source);
