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

    public int TrainingRows { get; init; }

    /// <summary>SMAPE of the out-of-fold predictions, %.</summary>
    public double OutOfFoldSmapePercent { get; init; }

    /// <summary>Share of out-of-fold truths inside the interval, 0 to 1.</summary>
    public double OutOfFoldCoverageRatio { get; init; }

    public Mixture MixtureOf(string region) =>
        Mixtures.TryGetValue(region, out var own) ? own
        : KnownRegions.Contains(region) || !Target.HasRule() ? Mixture.ProcessOnly
        : Mixture.RuleOnly;

    public Estimate[] Predict(IReadOnlyList<TrainingRow> rows)
    {
        var features = rows.Select(row => row.Features).ToArray();
        var trees = Trees.Predict(features);
        var gate = Gate?.Predict(features);
        var estimates = new Estimate[rows.Count];
        var centres = new double[rows.Count];
        var spreadInputs = new float[rows.Count][];
        for (var index = 0; index < estimates.Length; index++)
        {
            var row = rows[index];
            var mixture = MixtureOf(row.Region.Name);
            var (voices, similarity) = Listen(row, mixture, trees[index], gate?[index] ?? 1);
            estimates[index] = new Estimate(Counting.ToCount(voices, mixture), IsRule: mixture.IsRuleOnly);
            centres[index] = LogCount.To(estimates[index].Value);
            spreadInputs[index] = SpreadModel.Inputs(features[index], centres[index], similarity, voices.Disagreement);
        }

        var widths = Spread.HalfWidths(spreadInputs, [.. rows.Select(row => row.Region.Name)]);
        for (var index = 0; index < estimates.Length; index++)
        {
            var width = KnownRegions.Contains(rows[index].Region.Name) ? widths[index] : Math.Max(widths[index], UnknownHalfWidth);
            estimates[index] = Around(estimates[index], centres[index], width);
        }

        return estimates;
    }

    /// <summary>Asks the members the mixture needs, and how near the nearest training row of the family is.</summary>
    private (Voices Voices, double Similarity) Listen(TrainingRow row, Mixture mixture, double trees, double positive)
    {
        var start = row.Base(Target);
        var family = row.Region.Family;
        var (process, similarity) = Process.Predict(family, row.Features) ?? (mixture.Process > 0 ? Anywhere?.Predict(row.Features) : null) ?? (0, 0);
        return (new Voices(start, start + process, Above(mixture.Overhead, Overhead), Above(mixture.CoreOverhead, CoreOverhead), TreeVoice(row, Target, trees), positive), similarity);

        double Above(double share, FamilyProcess? member) => share > 0 ? OverheadVoice(row, Target, member!.Predict(family, row.Features)?.Value ?? 0) : start;
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
