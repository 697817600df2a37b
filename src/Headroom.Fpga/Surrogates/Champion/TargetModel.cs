using Headroom.Fpga.Records;
using Headroom.Learning.LightGbm;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// Rules plus a learnt residual for one target, all in ln(1 + count). Members are the rule itself, a Gaussian process and boosted trees, both on
/// the residual over the rule; their weights, and whether a zero-or-not gate is used, are those with the smallest SMAPE out of fold.
/// </summary>
internal sealed class TargetModel
{
    public required Target Target { get; init; }

    public GaussianProcess? Process { get; init; }

    public LightGbmModel? Trees { get; init; }

    /// <summary>Zero-or-not classifier; null when the counts are well enough without.</summary>
    public LightGbmModel? Gate { get; init; }

    /// <summary>Shares of process, trees and rule; they add to one.</summary>
    public required double[] Shares { get; init; }

    /// <summary>Half width of the interval in ln(1 + count), by region.</summary>
    public required IReadOnlyDictionary<string, double> HalfWidths { get; init; }

    public required double PooledHalfWidth { get; init; }

    public int TrainingRows { get; init; }

    /// <summary>SMAPE of the out-of-fold predictions, %.</summary>
    public double OutOfFoldSmapePercent { get; init; }

    public Estimate[] Predict(IReadOnlyList<TrainingRow> rows)
    {
        var features = rows.Select(row => row.Features).ToArray();
        var trees = Trees is null ? null : Trees.Predict(features);
        var gate = Gate is null ? null : Gate.Predict(features);
        var estimates = new Estimate[rows.Count];
        for (var index = 0; index < estimates.Length; index++)
        {
            var rule = rows[index].Base(Target);
            var (process, similarity) = Process is null ? (0, 1) : Process.Predict(features[index]);
            var logarithm = rule + (Shares[0] * process) + (trees is null ? 0 : Shares[1] * trees[index]);
            estimates[index] = Around(logarithm, gate?[index], Region.Of(rows[index], similarity));
        }

        return estimates;
    }

    internal Estimate Around(double logarithm, double? probabilityPositive, string region)
    {
        var halfWidth = HalfWidths.GetValueOrDefault(region, PooledHalfWidth);
        var value = Gated(logarithm, probabilityPositive, Target);
        var lower = LogCount.From(logarithm - halfWidth, Target);
        var upper = LogCount.From(logarithm + halfWidth, Target);
        return new Estimate(value, Math.Min(lower, value), Math.Max(upper, value), IsRule: Shares[2] == 1 && probabilityPositive is null);
    }

    public static double Gated(double logarithm, double? probabilityPositive, Target target) => probabilityPositive switch
    {
        null => LogCount.From(logarithm, target),
        < 0.5 => 0,
        _ => Math.Max(1, LogCount.From(logarithm, target)),
    };
}

/// <summary>Where a design lies: its strategy, and whether something like it was in training.</summary>
internal static class Region
{
    /// <summary>Kernel similarity above which a design counts as near to training.</summary>
    public const double NearSimilarity = 0.8;

    public static string Of(TrainingRow row, double similarity) =>
        $"{row.Record.Design.Configuration.Strategy}/{(similarity >= NearSimilarity ? "near" : "far")}";
}
