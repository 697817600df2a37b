using Headroom.Fpga.Records;
using Headroom.Learning.Metrics;

namespace Headroom.Fpga.Evaluation;

/// <summary>One row of the score table: a model on a target of a group. BRAM is in the unit the data set prints.</summary>
/// <param name="SmapePercent">200/n * sum |y - p| / (|y| + |p|), no constant below: where the truth is zero, any other prediction counts 200 %.</param>
/// <param name="CoverageRatio">Share of truths inside the 90 % interval; null for models without one.</param>
public sealed record Score(
    string Group, Target Target, string Model, int Count, double Mae, double Rmse, double? R2, double SmapePercent, double? CoverageRatio)
{
    private const double NoConstant = 1e-8;

    internal static Score Of(string group, Target target, string model, IReadOnlyList<ScoredRow> rows)
    {
        var metrics = RegressionMetrics.Of([.. rows.Select(row => row.Truth)], [.. rows.Select(row => row.Estimate.Value)], NoConstant);
        double? coverage = rows.All(row => row.Estimate.Lower is not null)
            ? rows.Average(row => row.Truth >= row.Estimate.Lower!.Value - NoConstant && row.Truth <= row.Estimate.Upper!.Value + NoConstant ? 1.0 : 0.0)
            : null;
        return new Score(group, target, model, rows.Count, metrics.Mae, metrics.Rmse, metrics.R2, metrics.SmapePercent, coverage);
    }
}

/// <summary>A truth beside its estimate, both in printed units.</summary>
internal readonly record struct ScoredRow(string Group, double Truth, Surrogates.Estimate Estimate);
