using System.Globalization;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// The trained champion. A design with more matrix products than any in training is predicted layer by layer: resources and cycles add up,
/// the largest II counts, and so do the ends of the intervals.
/// </summary>
public sealed class FittedChampion : IFittedDesignModel
{
    internal FittedChampion(IReadOnlyList<TargetModel> targetModels, SuccessModel? success, FeatureRanges ranges, int largestProductCount) =>
        (TargetModels, Success, Ranges, LargestProductCount) = (targetModels, success, ranges, largestProductCount);

    internal IReadOnlyList<TargetModel> TargetModels { get; }

    internal SuccessModel? Success { get; }

    internal FeatureRanges Ranges { get; }

    internal int LargestProductCount { get; }

    /// <summary>Whether this model has learnt a target.</summary>
    public bool Knows(Target target) => TargetModels.Any(model => model.Target == target);

    public bool KnowsSuccess => Success is not null;

    public Estimate?[] Predict(IReadOnlyList<SynthesisRecord> designs, Target target) => Predict([.. designs.Select(TrainingRow.Of)], target);

    /// <summary>Probability that synthesis comes to an end, 0 to 1; null when the training rows did not tell.</summary>
    public double?[] PredictSuccess(IReadOnlyList<SynthesisRecord> designs) => PredictSuccess([.. designs.Select(TrainingRow.Of)]);

    internal double?[] PredictSuccess(IReadOnlyList<TrainingRow> rows) => PredictSuccess(PartsOf(rows));

    internal Estimate?[] Predict(IReadOnlyList<TrainingRow> rows, Target target) => Predict(PartsOf(rows), target);

    /// <summary>The rows taken apart where needed, every distinct part once.</summary>
    internal DesignParts PartsOf(IReadOnlyList<TrainingRow> rows)
    {
        var layers = new LayerParts();
        var parts = rows.Select(row => IsDeep(row) ? layers.Of(row) : [row]).ToArray();
        return new DesignParts([.. parts.Select(part => part.Count)], DistinctRows.Of([.. parts.SelectMany(part => part)], Ranges));
    }

    /// <summary>Deeper than training: predicted layer by layer.</summary>
    internal bool IsDeep(TrainingRow row) => row.Rules.Products.Count() > LargestProductCount;

    internal double?[] PredictSuccess(DesignParts parts)
    {
        if (Success is null)
        {
            return new double?[parts.Counts.Length];
        }

        // A network is built when every layer is.
        var distinct = Success.Predict([.. parts.Distinct.Rows.Select(row => row.Features)]);
        return [.. parts.Join(distinct, (left, right) => left * right).Select(probability => (double?)probability)];
    }

    internal Estimate?[] Predict(DesignParts parts, Target target)
    {
        var model = TargetModels.FirstOrDefault(candidate => candidate.Target == target);
        return model is null
            ? new Estimate?[parts.Counts.Length]
            : [.. parts.Join(model.Predict(parts.Distinct.Rows), (left, right) => Join(target, left, right)).Select(estimate => (Estimate?)estimate)];
    }

    /// <summary>What of each design lies outside training; empty where all is inside.</summary>
    internal IReadOnlyList<string>[] OutsideTraining(IReadOnlyList<TrainingRow> rows, DesignParts parts)
    {
        var distinct = parts.Distinct.Rows.Select(row => Ranges.Outside(row.Features)).ToArray();
        var joined = parts.Join(distinct, (left, right) => right.Count == 0 || ReferenceEquals(left, right) ? left : [.. left.Union(right)]);
        return [.. joined.Zip(rows, (names, row) => IsDeep(row) ? [DeeperThanTraining(row), .. names] : names)];
    }

    private string DeeperThanTraining(TrainingRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Rules.Products.Count()} matrix products, trained on at most {LargestProductCount}: predicted layer by layer");

    private static Estimate Join(Target target, Estimate left, Estimate right) => target == Target.Ii
        ? new Estimate(Math.Max(left.Value, right.Value), Largest(left.Lower, right.Lower), Largest(left.Upper, right.Upper), left.IsRule && right.IsRule)
        : new Estimate(left.Value + right.Value, left.Lower + right.Lower, left.Upper + right.Upper, left.IsRule && right.IsRule);

    private static double? Largest(double? left, double? right) => left is null || right is null ? null : Math.Max(left.Value, right.Value);
}

/// <summary>Designs as the parts they are predicted by.</summary>
/// <param name="Counts">Parts of every design.</param>
internal sealed record DesignParts(int[] Counts, DistinctRows Distinct)
{
    /// <summary>Puts the numbers of the distinct parts together, design by design.</summary>
    public IEnumerable<T> Join<T>(T[] distinct, Func<T, T, T> join)
    {
        var at = 0;
        foreach (var count in Counts)
        {
            var whole = distinct[Distinct.Place[at++]];
            for (var part = 1; part < count; part++)
            {
                whole = join(whole, distinct[Distinct.Place[at++]]);
            }

            yield return whole;
        }
    }
}
