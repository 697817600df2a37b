using Headroom.Fpga.Records;
using Headroom.Learning.Splits;
using Headroom.Learning.Torch;
using Headroom.Learning.Training;
using static TorchSharp.torch;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>A network of the literature, trained with mean squared error on scaled logarithms, early stopping on a tenth of the training architectures.</summary>
/// <param name="name">Name in tables and on the command line.</param>
/// <param name="create">Makes the module and says how it reads designs.</param>
/// <param name="options">How it is trained on so many designs.</param>
/// <param name="progress">Told after every epoch.</param>
internal sealed class TorchDesignModel(string name, Func<TorchDesignModel.Reader> create, Func<int, TrainingOptions> options, IProgress<TrainingProgress>? progress = null) : IDesignModel
{
    private const double ValidationShare = 0.1;
    private const int PredictionBatch = 256;

    public string Name => name;

    /// <summary>A module and how it reads a batch of designs.</summary>
    internal sealed record Reader(nn.Module Module, Func<DesignScaling, IReadOnlyList<SynthesisRecord>, Tensor> Forward);

    public IFittedDesignModel Fit(IReadOnlyList<SynthesisRecord> train, int seed, CancellationToken cancellationToken)
    {
        TorchRuntime.EnsureLoaded();
        random.manual_seed(seed);
        var rows = train.Where(record => Targets.All.Any(target => record[target] is not null)).ToArray();
        var split = GroupSplits.HoldOut([.. rows.Select(record => $"{record.Source}/{record.SplitGroup}")], ValidationShare, seed);
        var (fitted, held) = (split.Train.Select(row => rows[row]).ToArray(), split.Test.Select(row => rows[row]).ToArray());
        var scaling = new DesignScaling(fitted);
        var reader = create();
        var outcome = new TrainingLoop(options(fitted.Length) with { Seed = seed }).Run(
            reader.Module, fitted.Length, held.Length,
            batch => Loss(reader, scaling, [.. batch.Select(row => fitted[row])]),
            batch => Loss(reader, scaling, [.. batch.Select(row => held[row])]),
            progress: progress, cancellationToken: cancellationToken);
        return new Fitted(reader, scaling, new NetworkTraining(reader.Module.parameters().Sum(parameter => parameter.numel()), outcome.EpochsRun, outcome.BestEpoch));
    }

    private static Tensor Loss(Reader reader, DesignScaling scaling, IReadOnlyList<SynthesisRecord> batch)
    {
        var (labels, there) = scaling.Labels(batch);
        var error = (reader.Forward(scaling, batch) - labels) * there;
        return error.square().sum() / there.sum().clamp_min(1);
    }

    private sealed class Fitted(Reader reader, DesignScaling scaling, NetworkTraining training) : IFittedDesignModel, IFittedNetwork
    {
        public NetworkTraining Training => training;

        public Estimate?[] Predict(IReadOnlyList<SynthesisRecord> designs, Target target)
        {
            using var noGradient = no_grad();
            var estimates = new List<Estimate?>(designs.Count);
            foreach (var batch in designs.Chunk(PredictionBatch))
            {
                using var scope = NewDisposeScope();
                var scaled = reader.Forward(scaling, batch).select(1, (long)target).contiguous().data<float>().ToArray();
                estimates.AddRange(scaled.Select(value => scaling.Count(value, target) is { } count ? new Estimate(count) : (Estimate?)null));
            }

            return [.. estimates];
        }
    }
}
