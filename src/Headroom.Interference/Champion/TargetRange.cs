using Headroom.Interference.Runs;

namespace Headroom.Interference.Champion;

/// <summary>Where a prediction may lie: what training saw, and for a share of undisturbed performance never below 0.</summary>
public sealed record TargetRange(double Lowest, double Highest)
{
    public static TargetRange Of(RunSet train)
    {
        var (low, high) = (train.Runs.Min(run => run.Label!.Value), train.Runs.Max(run => run.Label!.Value));
        var margin = 0.02 * (high - low);
        return new TargetRange(Math.Max(0, low - margin), high + margin);
    }

    public double Clamp(double value) => Math.Clamp(value, Lowest, Highest);
}
