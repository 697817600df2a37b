using Headroom.Interference.Champion;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Drift;

/// <summary>
/// What a model makes of windows when one watched feature is moved. Its answers to the windows as they are are asked for once, and only when somebody wants
/// to know. Not safe for several threads at once.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="runs">The windows.</param>
public sealed class ShiftedAnswers(IFittedInterferenceModel model, IReadOnlyList<InterferenceRun> runs)
{
    private double[]? _now;

    /// <summary>How far the answers lie from those with a feature at other values.</summary>
    /// <param name="feature">Place in <see cref="TrainingSample.FeaturesOf"/>.</param>
    /// <param name="values">The other value of each window's mean; NaN leaves a window as it is.</param>
    public double[] Moves(int feature, double[] values)
    {
        _now ??= model.Predict(runs);
        var others = runs.Select((run, row) => FeatureShift.By(run, feature, values[row] - TrainingSample.Row(run)[feature])).ToArray();
        return [.. _now.Zip(model.Predict(others), (now, other) => now - other)];
    }
}
