using Headroom.Learning.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Headroom.Learning.Training;

/// <summary>
/// Trains a module with Adam: seeded, cancellable, early stopping on validation rows, resumable from a checkpoint after every epoch.
/// Torch has one random generator per process, so one training runs at a time.
/// </summary>
public sealed class TrainingLoop(TrainingOptions options)
{
    private static readonly Lock OneAtATime = new();

    /// <param name="module">Trained in place; holds the best state at the end.</param>
    /// <param name="trainRows">Number of training rows.</param>
    /// <param name="validationRows">Number of validation rows; 0 trains to the end and keeps the last state.</param>
    /// <param name="trainLoss">Mean loss of the given training rows, a scalar with a gradient.</param>
    /// <param name="validationLoss">Mean loss of the given validation rows.</param>
    /// <param name="checkpointFolder">Where the state after every epoch goes and comes from; null keeps none.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellationToken">Checked before every batch.</param>
    /// <exception cref="LearningUnavailableException">Torch cannot run here.</exception>
    /// <exception cref="InvalidOperationException">The loss is no longer a finite number.</exception>
    public TrainingOutcome Run(
        nn.Module module, int trainRows, int validationRows, Func<int[], Tensor> trainLoss, Func<int[], Tensor> validationLoss,
        string? checkpointFolder = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TorchRuntime.EnsureLoaded();
        lock (OneAtATime)
        {
            set_num_threads(options.Threads);
            using var scope = NewDisposeScope();
            using var state = new TrainingState(module, options, checkpointFolder);
            var batches = (trainRows + options.BatchSize - 1) / options.BatchSize;
            while (state.Epoch < options.Epochs && !state.IsStale(options.Patience))
            {
                // Shuffle and dropout depend on seed and epoch alone, so a resumed run repeats an uninterrupted one.
                var epochSeed = unchecked((options.Seed * 1_000_003) + state.Epoch);
                random.manual_seed(epochSeed);
                var order = Enumerable.Range(0, trainRows).ToArray();
                new Random(epochSeed).Shuffle(order);

                module.train();
                double lossSum = 0;
                for (var batch = 0; batch < batches; batch++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var rows = order[(batch * options.BatchSize)..Math.Min(trainRows, (batch + 1) * options.BatchSize)];
                    lossSum += rows.Length * Step(module, state, trainLoss, rows, options.LearningRateAt((state.Epoch * batches) + batch, options.Epochs * batches));
                }

                double? validation = validationRows == 0 ? null : Validate(module, validationRows, validationLoss, cancellationToken);
                var report = new TrainingProgress(state.Epoch + 1, options.Epochs, lossSum / trainRows, validation, options.LearningRateAt(((state.Epoch + 1) * batches) - 1, options.Epochs * batches));
                state.Finish(report);
                progress?.Report(report);
            }

            state.RestoreBest();
            module.eval();
            return state.Outcome();
        }
    }

    private double Step(nn.Module module, TrainingState state, Func<int[], Tensor> trainLoss, int[] rows, double learningRate)
    {
        using var step = NewDisposeScope();
        foreach (var group in state.Optimizer.ParamGroups)
        {
            group.LearningRate = learningRate;
        }

        state.Optimizer.zero_grad();
        var loss = trainLoss(rows);
        loss.backward();
        if (options.GradientClip > 0)
        {
            nn.utils.clip_grad_norm_(module.parameters(), options.GradientClip);
        }

        state.Optimizer.step();
        var value = loss.to_type(ScalarType.Float64).ToDouble();
        return double.IsFinite(value)
            ? value
            : throw new InvalidOperationException($"The loss became {value} in epoch {state.Epoch + 1}; a smaller learning rate than {options.LearningRate} may help.");
    }

    private double Validate(nn.Module module, int rowCount, Func<int[], Tensor> validationLoss, CancellationToken cancellationToken)
    {
        module.eval();
        using var noGradient = no_grad();
        double sum = 0;
        foreach (var rows in Enumerable.Range(0, rowCount).Chunk(options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            sum += rows.Length * validationLoss(rows).to_type(ScalarType.Float64).ToDouble();
        }

        return sum / rowCount;
    }
}
