using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates;
using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Fpga.Evaluation;

/// <summary>How the intervals of a target came out on rows nobody fitted on.</summary>
/// <param name="ExactRatio">Share of rows predicted exactly.</param>
/// <param name="PointRatio">Share of rows whose interval is the value itself.</param>
/// <param name="CoverageRatio">Share of truths inside.</param>
/// <param name="DoubtCoverageRatio">The same over rows whose interval is more than the value itself: what the level promises; null where there is none.</param>
/// <param name="CoverageMargin">Half the 95 % interval of the coverage itself: what these few architectures, whose rows err alike, can tell of it.</param>
/// <param name="MedianWidthRatio">Median of (upper - lower) / (1 + value).</param>
/// <param name="MeanWidthRatio">Its mean.</param>
/// <param name="MeanScore">Mean interval score (Gneiting and Raftery 2007, section 6.2) in ln(1 + count): the width, and for a truth outside 20 times how far; small is good.</param>
public sealed record IntervalQuality(
    Target Target, int Count, double ExactRatio, double PointRatio, double CoverageRatio, double? DoubtCoverageRatio, double CoverageMargin,
    double MedianWidthRatio, double MeanWidthRatio, double MeanScore)
{
    private const double NormalQuantile = 1.96;

    /// <summary>How exact targets are treated, in words.</summary>
    public string Treatment => PointRatio switch
    {
        1 => "exact out of fold in at least nine of ten rows: the interval is the value, coverage is the hit ratio",
        > 0 => "the value alone in regions that were exact out of fold, elsewhere whole counts inside a conformal interval",
        _ => "conformal interval",
    };

    public static IReadOnlyList<IntervalQuality> Of(FittedChampion champion, IReadOnlyList<SynthesisRecord> scored)
    {
        const double tiny = 1e-8;
        var qualities = new List<IntervalQuality>();
        foreach (var target in Targets.All.Where(champion.Knows))
        {
            var rows = scored.Where(record => record[target] is not null).ToArray();
            var estimates = champion.Predict(rows, target).Zip(rows, (estimate, record) => (Estimate: estimate!.Value, Truth: record[target]!.Value)).ToArray();
            if (estimates.Length == 0)
            {
                continue;
            }

            var covered = estimates.Select(row => row.Truth >= row.Estimate.Lower - tiny && row.Truth <= row.Estimate.Upper + tiny ? 1.0 : 0.0).ToArray();
            var isPoint = estimates.Select(row => row.Estimate.Upper!.Value - row.Estimate.Lower!.Value < tiny).ToArray();
            var widths = estimates.Select(row => (row.Estimate.Upper!.Value - row.Estimate.Lower!.Value) / (1 + row.Estimate.Value)).Order().ToArray();
            qualities.Add(new IntervalQuality(
                target,
                rows.Length,
                estimates.Average(row => Math.Abs(row.Estimate.Value - row.Truth) < tiny ? 1.0 : 0.0),
                isPoint.Average(point => point ? 1.0 : 0.0),
                covered.Average(),
                isPoint.All(point => point) ? null : covered.Zip(isPoint).Where(row => !row.Second).Average(row => row.First),
                Margin(covered, [.. rows.Select(record => record.SplitGroup)]),
                widths[widths.Length / 2],
                widths.Average(),
                estimates.Average(row => ScoreOf(row.Estimate, row.Truth))));
        }

        return qualities;
    }

    /// <summary>The interval score of one row in ln(1 + count).</summary>
    internal static double ScoreOf(Estimate estimate, double truth)
    {
        var (lower, upper, there) = (LogCount.To(estimate.Lower!.Value), LogCount.To(estimate.Upper!.Value), LogCount.To(truth));
        return upper - lower + (2 / (1 - TargetTraining.Level) * (Math.Max(0, lower - there) + Math.Max(0, there - upper)));
    }

    /// <summary>
    /// From the spread of the architectures' sums: rows of one architecture are not independent. Where all were covered there is no spread, but as many
    /// architectures would show none missed in one of twenty cases although that share is.
    /// </summary>
    internal static double Margin(IReadOnlyList<double> covered, IReadOnlyList<string> groups)
    {
        const double unseen = 0.05;
        var mean = covered.Average();
        var sums = covered.Zip(groups).GroupBy(row => row.Second).Select(group => group.Sum(row => row.First - mean)).ToArray();
        return sums.Length < 2 ? 1
            : mean is 0 or 1 ? 1 - Math.Pow(unseen, 1.0 / sums.Length)
            : NormalQuantile * Math.Sqrt(sums.Sum(sum => sum * sum) * sums.Length / (sums.Length - 1)) / covered.Count;
    }
}
