namespace Headroom.Learning.Drift;

/// <summary>How a model's input and errors looked when it was trained.</summary>
/// <param name="Features">Names of the features.</param>
/// <param name="Rows">Rows x features; NaN where a value is missing.</param>
/// <param name="Residuals">Prediction less truth of each row, by a model that had not seen it.</param>
public sealed record DriftReference(IReadOnlyList<string> Features, float[][] Rows, double[] Residuals);

/// <summary>What a model met in one window of time.</summary>
/// <param name="At">End of the window.</param>
/// <param name="Rows">Rows x features; NaN where a value is missing.</param>
/// <param name="Errors">Absolute errors of the rows whose truth is known; empty while none is.</param>
/// <param name="Covered">Whether those truths lay in their intervals.</param>
/// <param name="Moves">
/// From a feature and one value per row to how far the answers for these rows lie from those with the feature at these values; null where the model cannot be asked.
/// </param>
public sealed record DriftWindow(DateTimeOffset At, float[][] Rows, double[] Errors, bool[] Covered, Func<int, double[], double[]>? Moves = null);

/// <summary>Something is not as in training.</summary>
/// <param name="Metric">The feature, or <c>residual</c> or <c>coverage</c>.</param>
/// <param name="Test">Name of the test.</param>
/// <param name="Since">First window that was unlike training.</param>
/// <param name="Statistic">p-value, distance or martingale.</param>
/// <param name="Threshold">What it was held against.</param>
/// <param name="MaeEffect">Change of the mean absolute error: estimated for a feature, measured for the residual; null where it cannot be told.</param>
public sealed record DriftAlarm(string Metric, string Test, DateTimeOffset Since, double Statistic, double Threshold, double? MaeEffect)
{
    public const string Residual = "residual";

    public const string Coverage = "coverage";
}
