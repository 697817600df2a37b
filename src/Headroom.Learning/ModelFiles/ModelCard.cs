namespace Headroom.Learning.ModelFiles;

/// <summary>What a model file says about itself.</summary>
/// <param name="Kind">What it predicts and how, for example <c>interference.champion</c>.</param>
/// <param name="Architecture">The shape of the model, one line per part.</param>
/// <param name="Schema">Its input features with their units, one line each, in order.</param>
/// <param name="TrainingData">Name of the training set.</param>
/// <param name="TrainingChecksum">SHA-256 of the training rows.</param>
/// <param name="TrainingRows">How many there were.</param>
/// <param name="Seed">Of everything random in training.</param>
/// <param name="CodeVersion">Version of the program that trained it.</param>
/// <param name="CreatedAt">When it was trained.</param>
/// <param name="Metrics">What was measured on held-out rows, by name with unit, for example <c>mae [ratio]</c>.</param>
public sealed record ModelCard(
    string Kind,
    IReadOnlyList<string> Architecture,
    IReadOnlyList<string> Schema,
    string TrainingData,
    string TrainingChecksum,
    int TrainingRows,
    int Seed,
    string CodeVersion,
    DateTimeOffset CreatedAt,
    IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Short name of this very model: kind and the start of its training checksum with the seed.</summary>
    public string Id => $"{Kind}-{TrainingChecksum[..Math.Min(8, TrainingChecksum.Length)]}-{Seed}";
}
