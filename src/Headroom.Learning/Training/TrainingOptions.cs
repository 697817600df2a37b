namespace Headroom.Learning.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    public int Epochs { get; init; } = 60;

    public int BatchSize { get; init; } = 64;

    /// <summary>Highest learning rate, reached after the warm-up.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of all steps over which the rate rises from 0; afterwards it falls to 0 along a half cosine.</summary>
    public double WarmUpShare { get; init; } = 0.05;

    /// <summary>Epochs without a better validation loss before training stops.</summary>
    public int Patience { get; init; } = 12;

    public double WeightDecay { get; init; }

    /// <summary>Longest gradient; 0 leaves it as it is.</summary>
    public double GradientClip { get; init; }

    public int Threads { get; init; } = 1;

    public int Seed { get; init; } = 1;

    /// <summary>Learning rate of a step counted from 0.</summary>
    public double LearningRateAt(int step, int totalSteps)
    {
        var warmUp = (int)(WarmUpShare * totalSteps);
        return step < warmUp
            ? LearningRate * (step + 1) / warmUp
            : LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (step - warmUp) / Math.Max(1, totalSteps - warmUp)));
    }
}

/// <summary>Where training stands after an epoch.</summary>
public sealed record TrainingProgress(int Epoch, int Epochs, double TrainLoss, double? ValidationLoss, double LearningRate);

/// <summary>How training went; the module holds the best state.</summary>
public sealed record TrainingOutcome(int EpochsRun, int BestEpoch, double? BestValidationLoss, IReadOnlyList<TrainingProgress> History);
