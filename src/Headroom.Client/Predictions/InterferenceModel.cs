namespace Headroom.Client.Predictions;

/// <summary>The model that answers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Version of the program that trained it.</param>
/// <param name="TrainedAt">When.</param>
/// <param name="Features">What it looks at, in its order.</param>
public sealed record InterferenceModel(string Id, string Version, DateTimeOffset TrainedAt, IReadOnlyList<ModelFeature> Features);

/// <summary>One thing that a model looks at.</summary>
/// <param name="Block">Whose metric: Target, Neighbours or Host.</param>
/// <param name="Name">Name of the metric in the catalogue.</param>
public sealed record ModelFeature(string Block, string Name);
