namespace Headroom.MemoryPlacement.Live;

/// <summary>What the operator accepts.</summary>
/// <param name="SlowdownBudget">How much slower a workload may get at worst, 0 to 1.</param>
/// <param name="HorizonSeconds">For how long advice holds.</param>
/// <param name="LeastSeconds">Telemetry that advice needs.</param>
/// <param name="PressureLimit">Above this share of time with all tasks waiting for memory nothing is moved, 0 to 1.</param>
public sealed record LiveMemorySettings(double SlowdownBudget = 0.03, double HorizonSeconds = 3_600, double LeastSeconds = 3_600, double PressureLimit = 0.1);
