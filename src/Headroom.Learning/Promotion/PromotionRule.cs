namespace Headroom.Learning.Promotion;

/// <summary>What the rule says about a challenger, with everything it looked at.</summary>
/// <param name="Promote">It may become champion.</param>
/// <param name="Reasons">One sentence per condition, broken ones first.</param>
/// <param name="HoldOut">On the frozen hold-out, which trained neither.</param>
/// <param name="Shadow">On traffic both answered.</param>
/// <param name="Level">Level of the intervals, 0 to 1.</param>
/// <param name="Limits">The limits that were applied.</param>
public sealed record PromotionVerdict(bool Promote, IReadOnlyList<string> Reasons, PairedScore HoldOut, PairedScore Shadow, double Level, PromotionLimits Limits);

/// <summary>
/// A challenger becomes champion only if it errs less on the same frozen hold-out (paired bootstrap), errs less in the shadow too, no slice gets much worse,
/// and its intervals hold what they promise.
/// </summary>
public static class PromotionRule
{
    /// <param name="holdOut">Champion and challenger on rows that trained neither.</param>
    /// <param name="shadow">Champion and challenger on traffic.</param>
    /// <param name="level">Level of the challenger's intervals, 0 to 1.</param>
    /// <param name="limits">When it may become champion.</param>
    public static PromotionVerdict Decide(PairedScore holdOut, PairedScore shadow, double level, PromotionLimits limits)
    {
        (bool Holds, string Text)[] conditions =
        [
            Enough("hold-out", holdOut, limits),
            Enough("shadow", shadow, limits),
            (holdOut.IsBetter && holdOut.PValue < limits.PValue, FormattableString.Invariant(
                $"hold-out: mean error {holdOut.ChallengerMae:G4} against {holdOut.ChampionMae:G4} of the champion, p = {holdOut.PValue:G3} (below {limits.PValue:G3} is asked for, {holdOut.Rows} rows)")),
            (shadow.IsBetter, FormattableString.Invariant(
                $"shadow: mean error {shadow.ChallengerMae:G4} against {shadow.ChampionMae:G4} of the champion (p = {shadow.PValue:G3}, {shadow.Rows} rows)")),
            .. holdOut.Slices.Where(slice => slice.Rows >= limits.SliceRows).Select(slice => Slice("hold-out", slice, limits)),
            .. shadow.Slices.Where(slice => slice.Rows >= limits.SliceRows).Select(slice => Slice("shadow", slice, limits)),
            Covers("hold-out", holdOut, level, limits),
            Covers("shadow", shadow, level, limits),
        ];
        return new PromotionVerdict(
            conditions.All(condition => condition.Holds),
            [.. conditions.Where(condition => !condition.Holds).Select(condition => $"not met: {condition.Text}"), .. conditions.Where(condition => condition.Holds).Select(condition => $"met: {condition.Text}")],
            holdOut,
            shadow,
            level,
            limits);
    }

    private static (bool, string) Enough(string where, PairedScore score, PromotionLimits limits) =>
        (score.Rows >= limits.Rows, FormattableString.Invariant($"{where}: {score.Rows} rows (at least {limits.Rows} are asked for)"));

    private static (bool, string) Slice(string where, SliceScore slice, PromotionLimits limits) => (
        slice.ChallengerMae <= slice.ChampionMae * (1 + limits.SliceLoss),
        FormattableString.Invariant($"{where}, {slice.Slice}: mean error {slice.ChallengerMae:G4} against {slice.ChampionMae:G4} (at most {limits.SliceLoss:P0} worse is allowed, {slice.Rows} rows)"));

    private static (bool, string) Covers(string where, PairedScore score, double level, PromotionLimits limits)
    {
        var chance = 2 * Math.Sqrt(level * (1 - level) / score.Rows);
        var (low, high) = (level - limits.CoverageLoss - chance, Math.Min(1, level + limits.CoverageExcess + chance));
        return (score.Coverage >= low && score.Coverage <= high, FormattableString.Invariant($"{where}: {score.Coverage:P1} of the truths lie in its {level:P0} intervals ({low:P1} to {high:P1} is asked for)"));
    }
}
