using Headroom.Interference.Features;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Champion;

/// <summary>What the champion's intervals and choices keep whole: whatever it will meet anew.</summary>
public enum Novelty
{
    /// <summary>New mixes of neighbours.</summary>
    Composition,

    /// <summary>New applications.</summary>
    Application,

    /// <summary>Nothing but new rows.</summary>
    None,
}

/// <summary>
/// The model Headroom serves: members on rich features, weighed by how well they predict groups that were left out, with conformal intervals
/// from the same left-out residuals.
/// </summary>
public sealed class ChampionModel(Novelty novelty = Novelty.Composition, double level = 0.9) : IInterferenceModel
{
    public const string ModelName = "champion";

    private const int Folds = 6;

    public string Name => ModelName;

    IFittedInterferenceModel IInterferenceModel.Fit(RunSet train, int seed, CancellationToken cancellationToken) => Fit(train, seed, cancellationToken);

    /// <exception cref="InvalidDataException">There are fewer than two labelled runs.</exception>
    public FittedChampion Fit(RunSet train, int seed, CancellationToken cancellationToken)
    {
        train = train.Labelled();
        var groups = train.Runs.Select(GroupOf).ToArray();
        var targets = train.Runs.Select(run => run.Label!.Value).ToArray();
        var features = RichFeatures.Fit(train);
        var set = Table(features, train);
        var heldOut = new double[ChampionMembers.All.Count][];
        var rows = new List<int>();
        foreach (var fold in GroupedFolds.Of(train, GroupOf, Folds, seed))
        {
            rows.AddRange(fold.Test);
            var part = train.With(fold.Train.Select(row => train.Runs[row]));

            // What pairs usually do is learnt from labels, so every fold learns it anew; all else knows no label.
            var inFold = features.Pairs is null ? features : RichFeatures.Fit(part);
            var learn = inFold == features ? set.Take(fold.Train) : Table(inFold, part);
            var test = fold.Test.Select(row => inFold == features ? set.Features[row] : inFold.Row(train.Runs[row])).ToArray();
            for (var member = 0; member < heldOut.Length; member++)
            {
                var predicted = FitMember(member, learn).Predict(test);
                heldOut[member] ??= new double[targets.Length];
                for (var index = 0; index < predicted.Length; index++)
                {
                    heldOut[member][fold.Test[index]] = predicted[index];
                }
            }
        }

        var range = TargetRange.Of(train);
        var weights = MemberWeights.Choose(heldOut, targets, groups, rows);
        var blended = rows.Select(row => range.Clamp(heldOut.Select((member, index) => member[row] * weights[index]).Sum())).ToArray();
        var chosen = Enumerable.Range(0, weights.Length).Where(member => weights[member] > 0).ToArray();
        var members = chosen.Select(member => (weights[member], (ITabularModel)FitMember(member, set))).ToArray();
        var intervals = IntervalModel.Fit([.. rows.Select(row => targets[row])], blended, [.. rows.Select(row => groups[row])], level);
        return new FittedChampion(features, members, range, intervals, FeatureRanges.Of(train), MeanRow(set.Features));

        PrefixModel FitMember(int member, TabularSet table)
        {
            var (regressor, plainOnly) = ChampionMembers.All[member];
            var width = plainOnly ? features.PlainColumns : table.Columns.Count;
            return new PrefixModel(width, regressor.Fit(PrefixModel.Narrow(table, width), seed, cancellationToken));
        }
    }

    private static float[] MeanRow(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length)
        .Select(column => rows.Select(row => row[column]).Where(float.IsFinite).DefaultIfEmpty(float.NaN).Average())];

    private string GroupOf(InterferenceRun run) => novelty switch
    {
        Novelty.Application => run.Application,
        Novelty.Composition => run.Composition,
        _ => run.Id,
    };

    private static TabularSet Table(RichFeatures features, RunSet train) => new(
        [.. features.Columns.Select(column => column.Name)],
        [.. train.Runs.Select(features.Row)],
        [.. train.Runs.Select(run => run.Label!.Value)],
        [.. train.Runs.Select(run => run.Composition)]);
}
