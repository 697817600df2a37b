using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Will the tool come to an end? The mean of a Gaussian process on the yes/no label and boosted trees, both on the rule features.</summary>
internal sealed class SuccessModel
{
    private const int MinimumRows = 20;

    private static readonly LightGbmClassifier Classifier = new("success", new LightGbmOptions
    {
        Objective = "binary",
        Rounds = 200,
        LearningRate = 0.05,
        Leaves = 12,
        MinRowsInLeaf = 5,
        FeatureFraction = 0.5,
        BaggingFraction = 0.8,
        LambdaL2 = 0.5,
    });

    public required LightGbmModel Trees { get; init; }

    public required GaussianProcess Process { get; init; }

    public int TrainingRows { get; init; }

    /// <summary>Share of training rows judged rightly out of fold, by the process alone.</summary>
    public double OutOfFoldAccuracy { get; init; }

    /// <summary>The model, or null when the rows do not hold both outcomes often enough.</summary>
    public static SuccessModel? Fit(IReadOnlyList<TrainingRow> all, int seed, CancellationToken cancellationToken)
    {
        var rows = all.Where(row => row.Record.Succeeded is not null).ToArray();
        var failed = rows.Count(row => row.Record.Succeeded == false);
        if (failed < MinimumRows || rows.Length - failed < MinimumRows)
        {
            return null;
        }

        var features = rows.Select(row => row.Features).ToArray();
        var labels = rows.Select(row => row.Record.Succeeded == true ? 1.0 : 0.0).ToArray();
        var groups = rows.Select(row => row.Record.SplitGroup).ToArray();
        var process = GaussianProcess.Fit(features, labels, groups, seed, cancellationToken);
        return new SuccessModel
        {
            Trees = (LightGbmModel)Classifier.Fit(new TabularSet(DesignFeatures.Names, features, labels, groups), seed, cancellationToken),
            Process = process,
            TrainingRows = rows.Length,
            OutOfFoldAccuracy = labels.Select((label, index) => process.OutOfFold![index] >= 0.5 == (label == 1) ? 1.0 : 0.0).Average(),
        };
    }

    /// <summary>Probability of success, 0 to 1.</summary>
    public double[] Predict(float[][] features, CancellationToken cancellationToken)
    {
        var probabilities = new double[features.Length];
        Blocks.Run(features.Length, (start, end) =>
        {
            var trees = Trees.Predict(features[start..end]);
            for (var row = start; row < end; row++)
            {
                probabilities[row] = (trees[row - start] + Math.Clamp(Process.Predict(features[row]).Value, 0, 1)) / 2;
            }
        }, cancellationToken);
        return probabilities;
    }
}
