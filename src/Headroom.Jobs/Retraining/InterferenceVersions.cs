using Headroom.Interference.Champion;
using Headroom.Interference.ModelFiles;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs.Models;
using Headroom.Learning.ModelFiles;
using Headroom.Storage.Registry;

namespace Headroom.Jobs.Retraining;

/// <summary>The interference model in the registry.</summary>
public static class InterferenceVersions
{
    public const string Name = "interference";

    public static ModelKind<InterferencePredictor> Kind { get; } = new(Name, Read, ShippedModel.Bytes, (predictor, file, by) => Describe(predictor.Card, file, by, null));

    /// <summary>A trained model as a version for the registry.</summary>
    /// <param name="champion">The model.</param>
    /// <param name="train">What it was trained on.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <param name="at">When it was trained.</param>
    /// <param name="by">Who or what trained it.</param>
    /// <param name="parentId">The champion it was trained to follow.</param>
    public static NewModelVersion Of(FittedChampion champion, RunSet train, int seed, DateTimeOffset at, string by, int? parentId)
    {
        var path = Path.GetTempFileName();
        try
        {
            var card = ChampionFile.Save(path, champion, train, seed, at, new Dictionary<string, double>());
            return Describe(card, File.ReadAllBytes(path), by, parentId);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What the registry is to know of a model file.</summary>
    private static NewModelVersion Describe(ModelCard card, byte[] file, string by, int? parentId) => new(
        Name,
        KeyOf(card.TrainingChecksum, card.Seed),
        file,
        card.Id,
        card.Architecture,
        card.Schema,
        card.TrainingData,
        card.TrainingChecksum,
        card.TrainingRows,
        by,
        parentId,
        [.. card.Metrics.Select(metric => Named(metric.Key, metric.Value))]);

    /// <summary>The same runs and seed make the same model.</summary>
    public static string KeyOf(string trainingChecksum, int seed) => FormattableString.Invariant($"{trainingChecksum}-{seed}");

    private static InterferencePredictor Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return InterferencePredictor.Load(stream, "the interference model");
    }

    // A card names its metrics as "mae [ratio]".
    private static ModelMetric Named(string name, double value)
    {
        var at = name.IndexOf(" [", StringComparison.Ordinal);
        return at < 0
            ? new ModelMetric("card", Storage.Model.ModelMetricRow.Everything, name, value, "1", null)
            : new ModelMetric("card", Storage.Model.ModelMetricRow.Everything, name[..at], value, name[(at + 2)..].TrimEnd(']'), null);
    }
}
