using Headroom.Interference.Features;
using Headroom.Interference.Runs;
using Headroom.Learning.Splits;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Champion;

/// <summary>
/// The champion's training in steps: one per fold, then the end. What the folds predicted is all that has to be kept to go on elsewhere after a crash;
/// the same runs and seed give the same model, however often it was interrupted.
/// </summary>
public sealed class FoldTraining
{
    /// <summary>Members of few folds learn from clearly less than the final ones: their errors, and so the intervals, come out too large.</summary>
    private const int FoldCount = 12;

    private readonly RunSet _train;
    private readonly Func<InterferenceRun, string> _group;
    private readonly int _seed;
    private readonly double _level;
    private readonly bool _besideAlone;
    private readonly RichFeatures _features;
    private readonly TabularSet _set;
    private readonly IReadOnlyList<Split> _folds;
    private readonly IReadOnlyList<ChampionMember> _members;

    /// <param name="train">Runs to learn from; those without a label are left out.</param>
    /// <param name="novelty">What the model will meet anew.</param>
    /// <param name="level">Level of the intervals, 0 to 1.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <exception cref="InvalidDataException">There are fewer than two labelled runs.</exception>
    public FoldTraining(RunSet train, Novelty novelty, double level, int seed)
    {
        (_train, _group, _seed, _level) = (train.Labelled(), GroupOf(novelty), seed, level);
        _besideAlone = novelty != Novelty.Application;
        _features = RichFeatures.Fit(_train, _besideAlone);
        _members = ChampionMembers.For(_features);
        _set = Table(_features, _train);
        _folds = GroupedFolds.Of(_train, _group, run => novelty == Novelty.Composition && run.IsSolo, FoldCount, seed);
    }

    /// <summary>How many folds there are.</summary>
    public int Folds => _folds.Count;

    /// <summary>What every member predicts for the runs that a fold leaves out: members x left-out runs, in the order of the fold.</summary>
    public double[][] RunFold(int index, CancellationToken cancellationToken)
    {
        var fold = _folds[index];
        var part = _train.With(fold.Train.Select(row => _train.Runs[row]));

        // What pairs usually do is learnt from labels, so every fold learns it anew; all else knows no label.
        var features = _features.Pairs is null ? _features : RichFeatures.Fit(part, _besideAlone);
        var learn = features == _features ? _set.Take(fold.Train) : Table(features, part);
        var test = fold.Test.Select(row => features == _features ? _set.Features[row] : features.Row(_train.Runs[row])).ToArray();
        return [.. Enumerable.Range(0, _members.Count).Select(member => FitMember(member, learn, cancellationToken).Predict(test))];
    }

    /// <summary>Weighs the members by what the folds said and fits them on all runs.</summary>
    /// <param name="folds">What <see cref="RunFold"/> gave for every fold, in order.</param>
    /// <param name="cancellationToken">Stops between the members.</param>
    public FittedChampion Finish(IReadOnlyList<double[][]> folds, CancellationToken cancellationToken)
    {
        var targets = _train.Runs.Select(run => run.Label!.Value).ToArray();
        var groups = _train.Runs.Select(_group).ToArray();
        var heldOut = _members.Select(_ => new double[targets.Length]).ToArray();
        var rows = new List<int>();
        foreach (var (fold, predicted) in _folds.Zip(folds))
        {
            rows.AddRange(fold.Test);
            for (var member = 0; member < heldOut.Length; member++)
            {
                for (var index = 0; index < fold.Test.Count; index++)
                {
                    heldOut[member][fold.Test[index]] = predicted[member][index];
                }
            }
        }

        var range = TargetRange.Of(_train);
        var weights = MemberWeights.Choose(heldOut, targets, groups, rows);
        var blended = rows.Select(row => range.Clamp(heldOut.Select((member, index) => member[row] * weights[index]).Sum())).ToArray();
        var chosen = Enumerable.Range(0, weights.Length).Where(member => weights[member] > 0).ToArray();
        var members = chosen.Select(member => (weights[member], (ITabularModel)FitMember(member, _set, cancellationToken))).ToArray();
        var intervals = IntervalModel.Fit([.. rows.Select(row => targets[row])], blended, [.. rows.Select(row => groups[row])], _level, doubt: _features.Pairs is not null);
        return new FittedChampion(_features, members, range, intervals, FeatureRanges.Of(_train), MeanRow(_set.Features), TrainingSample.Of(_train, rows, blended, _seed));
    }

    private PrefixModel FitMember(int member, TabularSet table, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (regressor, plainOnly) = _members[member];
        var width = plainOnly ? _features.PlainColumns : table.Columns.Count;
        return new PrefixModel(width, regressor.Fit(PrefixModel.Narrow(table, width), _seed, cancellationToken));
    }

    private static float[] MeanRow(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length)
        .Select(column => rows.Select(row => row[column]).Where(float.IsFinite).DefaultIfEmpty(float.NaN).Average())];

    private static Func<InterferenceRun, string> GroupOf(Novelty novelty) => novelty switch
    {
        Novelty.Application => run => run.Application,
        Novelty.Composition => run => run.Composition,
        _ => run => run.Id,
    };

    private static TabularSet Table(RichFeatures features, RunSet train) => new(
        [.. features.Columns.Select(column => column.Name)],
        [.. train.Runs.Select(features.Row)],
        [.. train.Runs.Select(run => run.Label!.Value)],
        [.. train.Runs.Select(run => run.Composition)]);
}
