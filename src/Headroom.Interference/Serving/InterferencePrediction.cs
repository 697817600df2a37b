using Headroom.Interference.Reasons;

namespace Headroom.Interference.Serving;

/// <summary>An answer about one window.</summary>
/// <param name="Value">Predicted value in the unit of the model's label; for a share, 1 is undisturbed.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="Level">Share of true values the interval is meant to hold.</param>
/// <param name="Method">How the interval was made.</param>
/// <param name="CalibrationCount">Left-out residuals behind the interval.</param>
/// <param name="ModelId">Which model answered.</param>
/// <param name="ModelVersion">Version of the program that trained it.</param>
/// <param name="OutsideTraining">What of the window lies outside what training saw; empty when all is inside.</param>
/// <param name="Reasons">What moved the prediction; null when it was not asked for.</param>
public sealed record InterferencePrediction(
    double Value,
    double Lower,
    double Upper,
    double Level,
    string Method,
    int CalibrationCount,
    string ModelId,
    string ModelVersion,
    IReadOnlyList<string> OutsideTraining,
    Explanation? Reasons)
{
    /// <summary>Something lies outside what training saw: the value is a guess.</summary>
    public bool IsOutOfRange => OutsideTraining.Count > 0;
}
