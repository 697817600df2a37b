using Headroom.Interference.Models;
using Headroom.Interference.Networks;
using Headroom.Learning.Training;

namespace Headroom.Interference.CloudFormer;

/// <summary>CloudFormer as published, its parts, and the variant that deviates by name.</summary>
internal static class CloudFormerRecipes
{
    public const string Paper = "CloudFormer (paper)";

    /// <summary>Deviations: learning rate 1e-3, one block, metric identity, moments, beside alone, ensemble of three.</summary>
    public const string Tuned = "CloudFormer (tuned)";

    /// <summary>Adam at 1e-5 with warm-up and cosine, as the paper states; epochs and batch size it does not state.</summary>
    private static readonly TrainingOptions PaperTraining = new() { LearningRate = 1e-5, WarmUpShare = 0.1, Epochs = 10, BatchSize = 16, Patience = 10 };

    private static readonly TrainingOptions TunedTraining = new() { LearningRate = 1e-3, WarmUpShare = 0.1, Epochs = 40, BatchSize = 64, Patience = 12, WeightDecay = 1e-5, GradientClip = 1 };

    public static IReadOnlyList<NetworkRecipe> Recipes { get; } =
    [
        Recipe(Tuned, new CloudFormerOptions { Blocks = 1, TemporalWidth = 32, SystemWidth = 32, HeadWidth = 32, FeedForwardWidth = 64, HeadSize = 8, MetricIdentity = true, Moments = true, HeadDropout = 0.2 }, TunedTraining) with { BesideAlone = true, Members = 3 },
        Recipe(Paper, new CloudFormerOptions(), PaperTraining),
        Recipe("CloudFormer (system width 1)", new CloudFormerOptions { SystemWidth = 1 }, PaperTraining),
        Recipe("temporal branch only", new CloudFormerOptions { Branches = Branches.Temporal }, PaperTraining),
        Recipe("system branch only", new CloudFormerOptions { Branches = Branches.System }, PaperTraining),
        new("LSTM", metrics => new LstmNetwork(metrics), TunedTraining),
    ];

    public static IReadOnlyList<IInterferenceModel> All { get; } = [.. Recipes.Select(recipe => new NetworkModel(recipe))];

    private static NetworkRecipe Recipe(string name, CloudFormerOptions options, TrainingOptions training) =>
        new(name, metrics => new CloudFormerNetwork(metrics, options), training);
}
