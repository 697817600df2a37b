namespace Headroom.Client.Predictions;

/// <summary>A window of metrics to predict from: one step per second, what is left out is missing.</summary>
/// <param name="Steps">Oldest first.</param>
/// <param name="Reasons">Whether the answer shall say why.</param>
public sealed record InterferenceWindow(IReadOnlyList<InterferenceStep> Steps, bool Reasons = true);

/// <summary>One second of a window; metrics by their names in the catalogue.</summary>
/// <param name="Target">Metrics of the workload that is asked about.</param>
/// <param name="Neighbours">Metrics of every other workload on the host, by any name.</param>
/// <param name="Host">Metrics of the host.</param>
public sealed record InterferenceStep(
    IReadOnlyDictionary<string, double> Target, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Neighbours, IReadOnlyDictionary<string, double> Host);
