using Headroom.Interference.Champion;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Learning.Splits;
using Headroom.Learning.Torch;
using Headroom.Learning.Training;
using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>How a network sees windows and learns; the architecture is a function of the number of metrics.</summary>
internal sealed record NetworkRecipe(string Name, Func<int, nn.Module<WindowBatch, Tensor>> Build, TrainingOptions Training)
{
    /// <summary>Steps a window is pooled to.</summary>
    public int MaxSteps { get; init; } = 12;

    /// <summary>Deviation "beside alone": metrics also as ratios to the undisturbed runs.</summary>
    public bool BesideAlone { get; init; }

    /// <summary>Deviation "ensemble": the mean of so many networks, each stopped on other groups.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Share of the training groups that decide when to stop.</summary>
    public double ValidationShare { get; init; } = 0.15;
}

/// <summary>Trains a network on windows: log-cosh, early stopping on training groups set aside, targets scaled into the sigmoid's range.</summary>
internal sealed class NetworkModel(NetworkRecipe recipe) : IInterferenceModel
{
    public string Name => recipe.Name;

    /// <exception cref="LearningUnavailableException">Torch cannot run here.</exception>
    public IFittedInterferenceModel Fit(RunSet train, int seed, CancellationToken cancellationToken)
    {
        TorchRuntime.EnsureLoaded();
        var encoder = WindowEncoder.Fit(train, recipe.MaxSteps, recipe.BesideAlone);
        var windows = train.Runs.Select(encoder.Encode).ToArray();
        var scale = TargetRange.Of(train).Highest;
        var targets = train.Runs.Select(run => (float)Math.Clamp(run.Label!.Value / scale, 0, 1)).ToArray();
        return new FittedNetwork(encoder, scale, [.. Enumerable.Range(0, recipe.Members).Select(member => FitOne(train, encoder, windows, targets, seed + (1000 * member), cancellationToken))]);
    }

    private nn.Module<WindowBatch, Tensor> FitOne(RunSet train, WindowEncoder encoder, EncodedWindow[] windows, float[] targets, int seed, CancellationToken cancellationToken)
    {
        random.manual_seed(seed);
        var network = recipe.Build(encoder.Width);
        var split = Stopping(train, seed);
        new TrainingLoop(recipe.Training with { Seed = seed }).Run(
            network,
            split.Train.Count,
            split.Test.Count,
            rows => Loss(Array.ConvertAll(rows, row => split.Train[row])),
            rows => Loss(Array.ConvertAll(rows, row => split.Test[row])),
            cancellationToken: cancellationToken);
        return network;

        Tensor Loss(int[] rows) => LogCosh.Of(
            network.forward(WindowEncoder.Batch(Array.ConvertAll(rows, row => windows[row]))), tensor(Array.ConvertAll(rows, row => targets[row])));
    }

    private Split Stopping(RunSet train, int seed)
    {
        var groups = train.Runs.Select(run => run.IsSolo ? "" : run.Composition).ToArray();
        var disturbed = groups.Where(group => group.Length > 0).Distinct().Count();
        if (disturbed < 3)
        {
            return RandomSplit.HoldOut(train.Runs.Count, recipe.ValidationShare, seed);
        }

        var chosen = groups.Where(group => group.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(chosen);
        var held = chosen.Take(Math.Max(1, (int)Math.Round(disturbed * recipe.ValidationShare))).ToHashSet();
        return GroupSplits.Of("stopping", groups, held.Contains);
    }
}

/// <summary>Trained networks and the encoder they share.</summary>
internal sealed class FittedNetwork(WindowEncoder encoder, double scale, IReadOnlyList<nn.Module<WindowBatch, Tensor>> networks) : IFittedInterferenceModel, IDisposable
{
    private const int BatchSize = 128;

    private readonly Lock _inference = new();

    public double[] Predict(IReadOnlyList<InterferenceRun> runs)
    {
        // One at a time: Torch's threads are better spent inside a batch than across.
        lock (_inference)
        {
            return [.. runs.Chunk(BatchSize).SelectMany(chunk => Forward(networks, [.. chunk.Select(encoder.Encode)])).Select(share => share * scale)];
        }
    }

    /// <summary>Mean output of networks for one batch, 0 to 1.</summary>
    public static float[] Forward(IReadOnlyList<nn.Module<WindowBatch, Tensor>> networks, IReadOnlyList<EncodedWindow> windows)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var batch = WindowEncoder.Batch(windows);
        return (networks.Select(network => network.forward(batch)).Aggregate((sum, next) => sum + next) / networks.Count).data<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (var network in networks)
        {
            network.Dispose();
        }
    }
}
