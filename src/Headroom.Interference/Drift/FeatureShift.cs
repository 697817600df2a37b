using Headroom.Interference.Champion;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Drift;

/// <summary>Moves watched features of windows.</summary>
public static class FeatureShift
{
    /// <summary>A window with a feature raised by an amount, in every step; the shape of its series stays.</summary>
    /// <param name="run">The window.</param>
    /// <param name="feature">Place in <see cref="TrainingSample.FeaturesOf"/>.</param>
    /// <param name="amount">In the unit of the feature; NaN changes nothing.</param>
    public static InterferenceRun By(InterferenceRun run, int feature, double amount)
    {
        if (!double.IsFinite(amount))
        {
            return run;
        }

        var metrics = run.Frames[0].Length;
        if (feature >= metrics)
        {
            var context = (float[])run.Context.Clone();
            context[feature - metrics] += (float)amount;
            return run with { Context = context };
        }

        return run with
        {
            Frames = Array.ConvertAll(run.Frames, frame =>
            {
                var moved = (float[])frame.Clone();
                moved[feature] += (float)amount;
                return moved;
            }),
        };
    }
}
