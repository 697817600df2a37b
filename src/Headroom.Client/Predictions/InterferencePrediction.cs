namespace Headroom.Client.Predictions;

/// <summary>How fast a workload is predicted to run beside its neighbours.</summary>
/// <param name="Value">Performance as a share of what it would do alone: 1 is undisturbed.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Level">Share of true values the interval is meant to hold.</param>
/// <param name="IsOutOfRange">The window lies outside what the model was trained on: the interval promises nothing.</param>
/// <param name="Model">Id of the model.</param>
/// <param name="At">End of the window.</param>
public sealed record InterferencePrediction(double Value, double Lower, double Upper, double Level, bool IsOutOfRange, string Model, DateTimeOffset At);
