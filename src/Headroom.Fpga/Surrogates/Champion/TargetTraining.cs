using Headroom.Fpga.Records;
using Headroom.Learning.Conformal;
using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Fits one target of the champion.</summary>
internal static class TargetTraining
{
    public const double Level = 0.9;
    private const int MinimumRows = 12;
    private const int MinimumRegionRows = 20;
    private const int MinimumGateRows = 15;

    private static readonly LightGbmRegressor Trees = new("trees", new LightGbmOptions
    {
        Rounds = 500,
        LearningRate = 0.04,
        Leaves = 12,
        MinRowsInLeaf = 4,
        FeatureFraction = 0.5,
        BaggingFraction = 0.8,
        LambdaL2 = 0.5,
    });

    private static readonly LightGbmClassifier GateTrees = new("gate", Trees.Options with { Objective = "binary", Rounds = 150 });

    /// <summary>The model of a target, or null when too few rows have it.</summary>
    public static TargetModel? Fit(IReadOnlyList<TrainingRow> all, Target target, int seed, CancellationToken cancellationToken)
    {
        var rows = all.Where(row => row.Record[target] is not null).ToArray();
        if (rows.Length < MinimumRows)
        {
            return null;
        }

        var truth = rows.Select(row => row.Record[target]!.Value).ToArray();
        var rule = rows.Select(row => row.Base(target)).ToArray();
        var residual = truth.Select((value, index) => LogCount.To(value) - rule[index]).ToArray();
        var groups = rows.Select(row => row.Record.SplitGroup).ToArray();
        var foldOf = Folds.Of(groups, seed);
        var features = rows.Select(row => row.Features).ToArray();
        var set = new TabularSet(DesignFeatures.Names, features, residual, groups);

        var process = residual.Any(value => Math.Abs(value - residual[0]) > 1e-9) ? GaussianProcess.Fit(features, residual, foldOf, seed, cancellationToken) : null;
        var treesOut = OutOfFold(set, foldOf, (part, token) => (LightGbmModel)Trees.Fit(part, seed, token), cancellationToken);
        var gateOut = GateOutOfFold(rows, truth, set, foldOf, seed, target, cancellationToken);

        var (shares, gated) = StackSearch.Run(target, truth, rule, process?.OutOfFold, treesOut, gateOut);
        var logarithms = rule.Select((value, index) => value + (shares[0] * (process?.OutOfFold![index] ?? 0)) + (shares[1] * treesOut[index])).ToArray();
        var widths = logarithms.Select((value, index) => Math.Abs(LogCount.To(truth[index]) - LogCount.To(LogCount.From(value, target)))).ToArray();
        var regions = rows.Select((row, index) => Region.Of(row, process is null || shares[0] == 0 ? 1 : process.OutOfFoldSimilarity![index])).ToArray();
        var positive = truth.Select(value => value > 0 ? 1.0 : 0.0).ToArray();
        return new TargetModel
        {
            Target = target,
            Process = shares[0] > 0 ? process : null,
            Trees = shares[1] > 0 ? (LightGbmModel)Trees.Fit(set, seed, cancellationToken) : null,
            Gate = gated ? (LightGbmModel)GateTrees.Fit(new TabularSet(DesignFeatures.Names, features, positive, groups), seed, cancellationToken) : null,
            Shares = shares,
            PooledHalfWidth = Finite(ConformalQuantile.Of(widths, Level), widths),
            HalfWidths = regions.Select((region, index) => (region, index)).GroupBy(pair => pair.region)
                .Where(part => part.Count() >= MinimumRegionRows)
                .ToDictionary(part => part.Key, part => ConformalQuantile.Of(part.Select(pair => widths[pair.index]), Level)),
            TrainingRows = rows.Length,
            OutOfFoldSmapePercent = StackSearch.Smape(truth, logarithms.Select((value, index) => TargetModel.Gated(value, gated ? gateOut![index] : null, target))),
        };
    }

    private static double Finite(double width, double[] widths) => double.IsFinite(width) ? width : widths.Max();

    private static double[] OutOfFold(TabularSet set, int[] foldOf, Func<TabularSet, CancellationToken, LightGbmModel> fit, CancellationToken cancellationToken)
    {
        var predicted = new double[set.Count];
        foreach (var fold in Enumerable.Range(0, set.Count).GroupBy(row => foldOf[row]))
        {
            var test = fold.ToArray();
            using var model = fit(set.Take([.. Enumerable.Range(0, set.Count).Where(row => foldOf[row] != fold.Key)]), cancellationToken);
            foreach (var (value, index) in model.Predict([.. test.Select(row => set.Features[row])]).Select((value, index) => (value, index)))
            {
                predicted[test[index]] = value;
            }
        }

        return predicted;
    }

    private static double[]? GateOutOfFold(TrainingRow[] rows, double[] truth, TabularSet set, int[] foldOf, int seed, Target target, CancellationToken cancellationToken)
    {
        var zeros = truth.Count(value => value == 0);
        if (!target.IsOftenZero() || zeros < MinimumGateRows || rows.Length - zeros < MinimumGateRows)
        {
            return null;
        }

        var gate = new TabularSet(set.Columns, set.Features, [.. truth.Select(value => value > 0 ? 1.0 : 0.0)], set.Groups);
        return OutOfFold(gate, foldOf, (part, token) => (LightGbmModel)GateTrees.Fit(part, seed, token), cancellationToken);
    }
}
