using Headroom.Fpga.Networks;
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

    internal double?[] PredictSuccess(IReadOnlyList<TrainingRow> rows)
    {
        if (Success is null)
        {
            return new double?[rows.Count];
        }

        // A network is built when every layer is.
        var parts = rows.Select(Parts).ToArray();
        var flat = Success.Predict([.. parts.SelectMany(part => part).Select(row => row.Features)]);
        var at = 0;
        return [.. parts.Select(part => (double?)part.Select(_ => flat[at++]).DefaultIfEmpty(1).Aggregate((a, b) => a * b))];
    }

    internal Estimate?[] Predict(IReadOnlyList<TrainingRow> rows, Target target)
    {
        var model = TargetModels.FirstOrDefault(candidate => candidate.Target == target);
        if (model is null)
        {
            return new Estimate?[rows.Count];
        }

        var parts = rows.Select(Parts).ToArray();
        var flat = model.Predict([.. parts.SelectMany(part => part)]);
        var at = 0;
        var estimates = new Estimate?[rows.Count];
        for (var index = 0; index < estimates.Length; index++)
        {
            Estimate? whole = null;
            for (var part = 0; part < parts[index].Count; part++)
            {
                whole = whole is null ? flat[at++] : Join(target, whole.Value, flat[at++]);
            }

            estimates[index] = whole;
        }

        return estimates;
    }

    /// <summary>What of a design lies outside training; empty when all is inside.</summary>
    internal IReadOnlyList<string> OutsideTraining(TrainingRow row)
    {
        var parts = Parts(row);
        string[] deep = parts.Count > 1 ? [$"{row.Rules.Products.Count()} matrix products, trained on at most {LargestProductCount}: predicted layer by layer"] : [];
        return [.. deep, .. parts.SelectMany(part => Ranges.Outside(part.Features)).Distinct()];
    }

    /// <summary>The design itself, or its layers when it is deeper than training.</summary>
    internal IReadOnlyList<TrainingRow> Parts(TrainingRow row) =>
        row.Rules.Products.Count() <= LargestProductCount ? [row] : LayerRows(row);

    /// <summary>Every layer with weights as a design of its own, the activation behind it included.</summary>
    internal static IReadOnlyList<TrainingRow> LayerRows(TrainingRow row)
    {
        var design = row.Record.Design;
        var parts = new List<List<Layer>>();
        foreach (var layer in design.Network.Layers)
        {
            if (layer.Products.Count > 0)
            {
                parts.Add([layer]);
            }
            else if (parts.Count > 0 && layer.Kind is not LayerKind.Input)
            {
                parts[^1].Add(layer);
            }
        }

        return parts.Count == 0
            ? [row]
            : [.. parts.Select(layers => TrainingRow.Of(row.Record with { Design = design with { Network = new Network(layers[0].Name, layers) } }))];
    }

    private static Estimate Join(Target target, Estimate left, Estimate right) => target == Target.Ii
        ? new Estimate(Math.Max(left.Value, right.Value), Largest(left.Lower, right.Lower), Largest(left.Upper, right.Upper), left.IsRule && right.IsRule)
        : new Estimate(left.Value + right.Value, left.Lower + right.Lower, left.Upper + right.Upper, left.IsRule && right.IsRule);

    private static double? Largest(double? left, double? right) => left is null || right is null ? null : Math.Max(left.Value, right.Value);
}
