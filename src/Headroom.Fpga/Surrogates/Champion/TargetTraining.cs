using Headroom.Fpga.Records;
using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Fits one target of the champion.</summary>
internal sealed class TargetTraining
{
    public const double Level = 0.9;
    private const int MinimumRows = 12;
    private const int MinimumRegionRows = 15;
    private const int MinimumRegionGroups = 5;
    private const int MinimumGateRows = 15;

    private static readonly LightGbmRegressor Trees = new("trees", new LightGbmOptions
    {
        Rounds = 400,
        LearningRate = 0.05,
        Leaves = 12,
        MinRowsInLeaf = 4,
        FeatureFraction = 0.5,
        BaggingFraction = 0.8,
        LambdaL2 = 0.5,
    });

    private static readonly LightGbmClassifier GateTrees = new("gate", Trees.Options with { Objective = "binary", Rounds = 120 });

    private readonly Target target;
    private readonly int seed;
    private readonly CancellationToken cancellationToken;
    private readonly TrainingRow[] rows;
    private readonly double[] truth;
    private readonly double[] start;
    private readonly string[] groups;
    private readonly string[] regions;
    private readonly string[] families;
    private readonly int[] foldOf;
    private readonly float[][] features;

    private TargetTraining(TrainingRow[] rows, Target target, int seed, CancellationToken cancellationToken)
    {
        (this.rows, this.target, this.seed, this.cancellationToken) = (rows, target, seed, cancellationToken);
        truth = [.. rows.Select(row => row.Record[target]!.Value)];
        start = [.. rows.Select(row => row.Base(target))];
        groups = [.. rows.Select(row => $"{row.Record.Source}/{row.Record.SplitGroup}")];
        regions = [.. rows.Select(row => row.Region.Name)];
        families = [.. rows.Select(row => row.Region.Family)];
        foldOf = Folds.Of(groups, seed);
        features = [.. rows.Select(row => row.Features)];
    }

    /// <summary>The model of a target, or null when too few rows have it.</summary>
    public static TargetModel? Fit(IReadOnlyList<TrainingRow> all, Target target, int seed, CancellationToken cancellationToken)
    {
        var rows = all.Where(row => row.Record[target] is not null).ToArray();
        return rows.Length < MinimumRows ? null : new TargetTraining(rows, target, seed, cancellationToken).Fit();
    }

    private TargetModel Fit()
    {
        var ratio = Set([.. truth.Select((value, row) => LogCount.To(value) - start[row])]);
        var local = Local(ratio.Targets);
        double[]? difference = target.HasOverhead() ? [.. truth.Select((value, row) => Math.Asinh(value - rows[row].Rule(target)!.Value))] : null;
        var overhead = difference is null ? null : Local(difference);
        var coreOverhead = difference is null ? null : Local(difference, DesignFeatures.Core);
        var treeSet = difference is null ? ratio : Set(difference);
        var treesOut = OutOfFold.Predict(treeSet, foldOf, (part, token) => (LightGbmModel)Trees.Fit(part, seed, token), cancellationToken);
        var positive = Positive();
        var gateOut = positive is null ? null : OutOfFold.Predict(positive, foldOf, (part, token) => (LightGbmModel)GateTrees.Fit(part, seed, token), cancellationToken);
        var voices = start.Select((value, row) => new Voices(
            value, value + local.OutOfFold![row],
            Above(overhead, row), Above(coreOverhead, row),
            TargetModel.TreeVoice(rows[row], target, treesOut[row]), gateOut?[row] ?? 1)).ToArray();

        var counting = new Counting(target.IsWhole() && truth.All(value => value == Math.Floor(value)));
        var members = new Members(overhead is not null, positive is not null, target.HasRule());
        var mixtures = Enumerable.Range(0, rows.Length).GroupBy(row => regions[row]).Where(part => part.Count() >= MinimumRegionRows && part.Select(row => groups[row]).Distinct().Count() >= MinimumRegionGroups)
            .ToDictionary(part => part.Key, part => StackSearch.Run([.. part.Select(row => truth[row])], [.. part.Select(row => voices[row])], counting, members));

        var used = mixtures.Values;
        var predicted = voices.Select((voice, row) => counting.ToCount(voice, mixtures.GetValueOrDefault(regions[row], Mixture.ProcessOnly))).ToArray();
        var errors = predicted.Select((value, row) => Math.Abs(LogCount.To(truth[row]) - LogCount.To(value))).ToArray();
        var spreadInputs = predicted.Select((value, row) => SpreadModel.Inputs(features[row], LogCount.To(value), local.OutOfFoldSimilarity![row], voices[row].Disagreement)).ToArray();
        var spread = SpreadModel.Fit(spreadInputs, errors, regions, groups, foldOf, cancellationToken);
        return new TargetModel
        {
            Target = target,
            Counting = counting,
            Anywhere = Process(ratio.Targets),
            Process = local,
            Overhead = used.Any(mixture => mixture.Overhead > 0) ? overhead : null,
            CoreOverhead = used.Any(mixture => mixture.CoreOverhead > 0) ? coreOverhead : null,
            Trees = (LightGbmModel)Trees.Fit(treeSet, seed, cancellationToken),
            Gate = used.Any(mixture => mixture.IsGated) ? (LightGbmModel)GateTrees.Fit(positive!, seed, cancellationToken) : null,
            Mixtures = mixtures,
            KnownRegions = regions.ToHashSet(),
            Spread = spread,
            Ratios = Enumerable.Range(0, rows.Length).GroupBy(row => families[row]).ToDictionary(family => family.Key, family => RatioRange.Of(family.Select(row => ratio.Targets[row]))),
            RatiosAnywhere = RatioRange.Of(ratio.Targets),
            TrainingRows = rows.Length,
            OutOfFoldSmapePercent = StackSearch.Smape(truth, predicted),
            OutOfFoldCoverageRatio = spread.CalibrationCoverageRatio,
        };
    }

    private TabularSet Set(double[] targets) => new(DesignFeatures.Names, features, targets, groups);

    private double Above(FamilyProcess? member, int row) => member is null ? start[row] : TargetModel.OverheadVoice(rows[row], target, member.OutOfFold![row]);

    private FamilyProcess Local(double[] targets, IReadOnlyList<int>? columns = null) =>
        FamilyProcess.Fit(features, targets, families, groups, seed, cancellationToken, columns);

    private GaussianProcess? Process(double[] targets) =>
        targets.Max() - targets.Min() > 1e-9 ? GaussianProcess.Fit(features, targets, groups, seed, cancellationToken, isCalibrated: false) : null;

    /// <summary>Zero or not, where the rows hold both often enough.</summary>
    private TabularSet? Positive()
    {
        var zeros = truth.Count(value => value == 0);
        return target.IsOftenZero() && zeros >= MinimumGateRows && rows.Length - zeros >= MinimumGateRows ? Set([.. truth.Select(value => value > 0 ? 1.0 : 0.0)]) : null;
    }
}
