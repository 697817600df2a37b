using Headroom.Fpga.Records;
using Headroom.Learning.LightGbm;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// Rules plus what was learnt for one target. Members are the rule itself, Gaussian processes on the ratio to it and on the difference from it, and
/// boosted trees on the ratio; each region of designs has the mixture with the smallest SMAPE out of fold, so a rule speaks alone where it was
/// exact, and where nothing was learnt.
/// </summary>
internal sealed class TargetModel
{
    /// <summary>Least half width outside every known region, in ln(1 + count): a factor of one and a half.</summary>
    private static readonly double UnknownHalfWidth = Math.Log(1.5);

    public required Target Target { get; init; }

    public required Counting Counting { get; init; }

    public required FamilyProcess Process { get; init; }

    /// <summary>One process over all families, for rows of families without their own.</summary>
    public GaussianProcess? Anywhere { get; init; }

    /// <summary>On asinh(count - rule): for what the tools add to a rule whatever its size.</summary>
    public FamilyProcess? Overhead { get; init; }

    /// <summary>The same by the core features alone.</summary>
    public FamilyProcess? CoreOverhead { get; init; }

    public required LightGbmModel Trees { get; init; }

    /// <summary>Zero-or-not classifier; null when no mixture asks it.</summary>
    public LightGbmModel? Gate { get; init; }

    /// <summary>The mixture of every region with enough rows.</summary>
    public required IReadOnlyDictionary<string, Mixture> Mixtures { get; init; }

    /// <summary>Every region that was in training.</summary>
    public required IReadOnlySet<string> KnownRegions { get; init; }

    public required SpreadModel Spread { get; init; }

    /// <summary>How far counts were from where their learnt part starts, family by family.</summary>
    public required IReadOnlyDictionary<string, RatioRange> Ratios { get; init; }

    /// <summary>The same over all families.</summary>
    public required RatioRange RatiosAnywhere { get; init; }

    public int TrainingRows { get; init; }

    /// <summary>SMAPE of the out-of-fold predictions, %.</summary>
    public double OutOfFoldSmapePercent { get; init; }

    /// <summary>Share of out-of-fold truths inside the interval, 0 to 1.</summary>
    public double OutOfFoldCoverageRatio { get; init; }

    private Mixture MixtureOf(Region region) =>
        Mixtures.TryGetValue(region.Name, out var own) ? own
        : KnownRegions.Contains(region.Name) || !Target.HasRule() ? Mixture.ProcessOnly
        : Mixture.RuleOnly;

    /// <summary>
    /// The region that answers for a design: its own, else the most like it that was in training. Cycles keep to their rule instead: some sets print the best
    /// case and some the worst, which for streamed convolutions are far apart.
    /// </summary>
    private Region Nearest(Region region) => Target == Target.Cycles ? region : region.Kin.FirstOrDefault(kin => KnownRegions.Contains(kin.Name)) ?? region;

    /// <summary>One estimate per row; large lists are worked on in blocks side by side.</summary>
    /// <param name="ranges">What training had: a row outside is bounded by its ratios; one of a kind training did not have, has an interval as wide as they were.</param>
    public Estimate[] Predict(IReadOnlyList<TrainingRow> rows, FeatureRanges ranges, CancellationToken cancellationToken)
    {
        var estimates = new Estimate[rows.Count];
        Blocks.Run(rows.Count, (start, end) =>
        {
            TrainingRow[] block = [.. rows.Skip(start).Take(end - start)];
            PredictBlock(block, ranges).CopyTo(estimates, start);
        }, cancellationToken);
        return estimates;
    }

    private Estimate[] PredictBlock(TrainingRow[] rows, FeatureRanges ranges)
    {
        var features = Array.ConvertAll(rows, row => row.Features);
        var trees = Trees.Predict(features);
        var gate = Gate?.Predict(features);
        var estimates = new Estimate[rows.Length];
        var spreadInputs = new float[rows.Length][];
        var regions = Array.ConvertAll(rows, row => Nearest(row.Region));
        for (var index = 0; index < estimates.Length; index++)
        {
            var row = rows[index];
            var region = regions[index];
            var mixture = MixtureOf(region);
            var (voices, similarity) = Listen(row, region, mixture, trees[index], gate?[index] ?? 1);
            estimates[index] = new Estimate(Counting.ToCount(voices, mixture), IsRule: mixture.IsRuleOnly);
            spreadInputs[index] = SpreadModel.Inputs(features[index], LogCount.To(estimates[index].Value), similarity, voices.Disagreement);
        }

        var widths = Spread.HalfWidths(spreadInputs, [.. regions.Select(region => region.Name)]);
        for (var index = 0; index < estimates.Length; index++)
        {
            var row = rows[index];
            var width = KnownRegions.Contains(row.Region.Name) ? widths[index] : Math.Max(widths[index], UnknownHalfWidth);
            estimates[index] = ranges.Outside(row.Region.Family, features[index]).Count > 0
                ? Beyond(row, regions[index], estimates[index], width, ranges.Families.ContainsKey(row.Region.Family))
                : Around(estimates[index], LogCount.To(estimates[index].Value), width);
        }

        return estimates;
    }

    /// <summary>
    /// A row outside training: bounded by what training had per unit of its rule. The spread knows how far the nearest design of its kind is; where training had
    /// none of its kind, the interval is at least as wide as the usual of what answers for it.
    /// </summary>
    private Estimate Beyond(TrainingRow row, Region region, Estimate estimate, double width, bool isKindKnown)
    {
        var start = row.Base(Target);
        var ratios = Ratios.GetValueOrDefault(region.Family, RatiosAnywhere);
        var bounded = estimate with { Value = Counting.ToCount(ratios.Bound(LogCount.To(estimate.Value), start)) };
        var around = Around(bounded, LogCount.To(bounded.Value), width);
        if (isKindKnown)
        {
            return around;
        }

        var usual = Around(bounded, start + ((ratios.Low + ratios.High) / 2), (ratios.High - ratios.Low) / 2);
        return around with { Lower = Math.Min(around.Lower!.Value, usual.Lower!.Value), Upper = Math.Max(around.Upper!.Value, usual.Upper!.Value) };
    }

    /// <summary>Asks the members the mixture needs, and how near the nearest training row of the family is.</summary>
    private (Voices Voices, double Similarity) Listen(TrainingRow row, Region region, Mixture mixture, double trees, double positive)
    {
        var start = row.Base(Target);
        var (process, similarity) = Process.Predict(region.Family, row.Features) ?? (mixture.Process > 0 ? Anywhere?.Predict(row.Features) : null) ?? (0, 0);
        return (new Voices(start, start + process, Above(mixture.Overhead, Overhead), Above(mixture.CoreOverhead, CoreOverhead), TreeVoice(row, Target, trees), positive), similarity);

        double Above(double share, FamilyProcess? member) => share > 0 ? OverheadVoice(row, Target, member!.Predict(region.Family, row.Features)?.Value ?? 0) : start;
    }

    /// <summary>What the trees' number means: a difference where the tools add to the rule, else a ratio.</summary>
    public static double TreeVoice(TrainingRow row, Target target, double learnt) =>
        target.HasOverhead() ? OverheadVoice(row, target, learnt) : row.Base(target) + learnt;

    /// <summary>The count of a row by its rule and a learnt asinh of the difference, as ln(1 + count).</summary>
    public static double OverheadVoice(TrainingRow row, Target target, double learnt) =>
        LogCount.To((row.Rule(target) ?? 0) + Math.Sinh(Math.Clamp(learnt, -30, 30)));

    /// <summary>Ends of the interval; where counts are whole they move inwards to the next whole number, which takes no truth away.</summary>
    internal Estimate Around(Estimate estimate, double centre, double halfWidth)
    {
        const double slack = 1e-6;
        var (lower, upper) = (LogCount.Plain(centre - halfWidth), LogCount.Plain(centre + halfWidth));
        if (Counting.IsWhole)
        {
            (lower, upper) = (Math.Ceiling(lower - slack), Math.Floor(upper + slack));
        }

        return estimate with { Lower = Math.Max(0, Math.Min(lower, estimate.Value)), Upper = Math.Max(upper, estimate.Value) };
    }
}
