using System.Globalization;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>The trained champion. A design with more layers than any in training is predicted piece by piece and put together (<see cref="PartSum"/>).</summary>
public sealed class FittedChampion : IFittedDesignModel
{
    internal FittedChampion(IReadOnlyList<TargetModel> targetModels, SuccessModel? success, FeatureRanges ranges, IReadOnlyDictionary<ReportStage, int> depths) =>
        (TargetModels, Success, Ranges, Depths) = (targetModels, success, ranges, depths);

    internal IReadOnlyList<TargetModel> TargetModels { get; }

    internal SuccessModel? Success { get; }

    internal FeatureRanges Ranges { get; }

    /// <summary>Most layers with weights a training design had, by report stage.</summary>
    internal IReadOnlyDictionary<ReportStage, int> Depths { get; }

    /// <summary>Whether this model has learnt a target.</summary>
    public bool Knows(Target target) => TargetModels.Any(model => model.Target == target);

    public bool KnowsSuccess => Success is not null;

    public Estimate?[] Predict(IReadOnlyList<SynthesisRecord> designs, Target target) => Predict(PartsOf([.. designs.Select(TrainingRow.Of)]), target);

    /// <summary>Probability that synthesis comes to an end, 0 to 1; null when the training rows did not tell.</summary>
    public double?[] PredictSuccess(IReadOnlyList<SynthesisRecord> designs) => PredictSuccess(PartsOf([.. designs.Select(TrainingRow.Of)]));

    /// <summary>The rows taken apart where needed.</summary>
    internal DesignParts PartsOf(IReadOnlyList<TrainingRow> rows)
    {
        var layers = new LayerParts(Ranges.All);
        var parts = rows.Select(row => IsDeep(row) ? layers.Of(row, DeepestOf(row)) : [row]).ToArray();
        return new DesignParts(rows, [.. parts.Select(part => part.Count)], DistinctRows.Of([.. parts.SelectMany(part => part)], Ranges.All));
    }

    internal double?[] PredictSuccess(DesignParts parts, CancellationToken cancellationToken = default)
    {
        if (Success is null)
        {
            return new double?[parts.Counts.Length];
        }

        // A network is built when every layer is.
        var distinct = Success.Predict([.. parts.Distinct.Rows.Select(row => row.Features)], cancellationToken);
        return Array.ConvertAll(parts.Join(distinct, (_, _, numbers) => numbers.Aggregate(1.0, (product, probability) => product * probability)), probability => (double?)probability);
    }

    internal Estimate?[] Predict(DesignParts parts, Target target, CancellationToken cancellationToken = default)
    {
        var model = TargetModels.FirstOrDefault(candidate => candidate.Target == target);
        return model is null
            ? new Estimate?[parts.Counts.Length]
            : Array.ConvertAll(
                parts.Join(model.Predict(parts.Distinct.Rows, Ranges, cancellationToken), (design, rows, numbers) => PartSum.Of(target, design, rows, numbers)), estimate => (Estimate?)estimate);
    }

    /// <summary>What of each design lies outside training; empty where all is inside.</summary>
    internal IReadOnlyList<string>[] OutsideTraining(DesignParts parts)
    {
        var distinct = parts.Distinct.Rows.Select(row => Ranges.Outside(row.Region.Family, row.Features)).ToArray();
        return parts.Join(distinct, (design, _, names) => IsDeep(design) ? [DeeperThanTraining(design), .. names.SelectMany(name => name).Distinct()] : names[0]);
    }

    private bool IsDeep(TrainingRow row) => row.Rules.Layers.Count > DeepestOf(row);

    private int DeepestOf(TrainingRow row) => Math.Max(1, Depths.TryGetValue(row.Record.Design.Configuration.Stage, out var depth) ? depth : Depths.Values.DefaultIfEmpty(1).Max());

    private string DeeperThanTraining(TrainingRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Rules.Layers.Count} layers with weights, trained on at most {DeepestOf(row)}: predicted piece by piece");
}
