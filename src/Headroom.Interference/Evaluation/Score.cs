namespace Headroom.Interference.Evaluation;

/// <summary>How a model did over the repeats of a protocol.</summary>
/// <param name="Protocol">What the scored runs had that no training run had.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Count">Scored runs of one repeat, the mean where repeats differ.</param>
/// <param name="Mae">Mean absolute error in the unit of the label, mean over repeats.</param>
/// <param name="MaeSpread">Standard deviation of the error over repeats; null for one repeat.</param>
/// <param name="Mse">Mean squared error, mean over repeats.</param>
/// <param name="R2">Mean over repeats; null when the labels do not vary.</param>
/// <param name="Coverage">Share of labels inside the 90 % interval, mean over repeats; null for a model without intervals.</param>
/// <param name="IntervalWidth">Mean width of those intervals.</param>
public sealed record Score(Protocol Protocol, string Model, int Count, double Mae, double? MaeSpread, double Mse, double? R2, double? Coverage, double? IntervalWidth);
