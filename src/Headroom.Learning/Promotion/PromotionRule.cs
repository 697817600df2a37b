namespace Headroom.Learning.Promotion;

/// <summary>What the rule says about a challenger, with everything it looked at.</summary>
/// <param name="Promote">It may become champion.</param>
/// <param name="Reasons">One sentence per condition, broken ones first.</param>
/// <param name="HoldOut">On the frozen hold-out, which trained neither.</param>
/// <param name="Shadow">On traffic both answered.</param>
/// <param name="Level">Level of the intervals, 0 to 1.</param>
/// <param name="Limits">The limits that were applied.</param>
/// <param name="Traffic">What the shadow was: <see cref="Replay"/> or <see cref="Live"/>.</param>
public sealed record PromotionVerdict(
    bool Promote, IReadOnlyList<string> Reasons, PairedScore HoldOut, PairedScore Shadow, double Level, PromotionLimits Limits, string Traffic = PromotionVerdict.Replay)
{
    /// <summary>The newest labelled runs, answered by both afterwards.</summary>
    public const string Replay = "replay";

    /// <summary>Live windows, answered by both as they came, whose labels came later.</summary>
    public const string Live = "live traffic";

    private const string Broken = "not met: ";

    /// <summary>The conditions that do not hold.</summary>
    public IEnumerable<string> NotMet() => Reasons.Where(reason => reason.StartsWith(Broken, StringComparison.Ordinal)).Select(reason => reason[Broken.Length..]);

    internal static string Said(bool holds, string condition) => holds ? $"met: {condition}" : Broken + condition;
}

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
    /// <param name="traffic">What the shadow was.</param>
    public static PromotionVerdict Decide(PairedScore holdOut, PairedScore shadow, double level, PromotionLimits limits, string traffic = PromotionVerdict.Replay)
    {
        var beside = $"shadow ({traffic})";
        (bool Holds, string Text)[] conditions =
        [
            Enough("hold-out", holdOut, limits),
            Enough(beside, shadow, limits),
            (holdOut.IsBetter && holdOut.PValue < limits.PValue, FormattableString.Invariant(
                $"hold-out: mean error {holdOut.ChallengerMae:G4} against {holdOut.ChampionMae:G4} of the champion, p = {holdOut.PValue:G3} (below {limits.PValue:G3} is asked for, {holdOut.Rows} rows)")),
            (shadow.IsBetter, FormattableString.Invariant(
                $"{beside}: mean error {shadow.ChallengerMae:G4} against {shadow.ChampionMae:G4} of the champion (p = {shadow.PValue:G3}, {shadow.Rows} rows)")),
            .. Slices("hold-out", holdOut, limits),
            .. Slices(beside, shadow, limits),
            Covers("hold-out", holdOut, level, limits),
            Covers(beside, shadow, level, limits),
        ];
        return new PromotionVerdict(
            conditions.All(condition => condition.Holds),
            [.. conditions.OrderBy(condition => condition.Holds).Select(condition => PromotionVerdict.Said(condition.Holds, condition.Text))],
            holdOut,
            shadow,
            level,
            limits,
            traffic);
    }

    private static (bool, string) Enough(string where, PairedScore score, PromotionLimits limits) =>
        (score.Rows >= limits.Rows, FormattableString.Invariant($"{where}: {score.Rows} rows (at least {limits.Rows} are asked for)"));

    // Of a handful of rows one always gets worse by chance; whoever reads the decision is told that none was looked at.
    private static (bool, string)[] Slices(string where, PairedScore score, PromotionLimits limits)
    {
        var judged = score.Slices.Where(slice => slice.Rows >= limits.SliceRows).Select(slice => Slice(where, slice, limits)).ToArray();
        return judged.Length > 0 || score.Slices.Count == 0
            ? judged
            : [(true, FormattableString.Invariant($"{where}: none of its {score.Slices.Count} slices has {limits.SliceRows} rows, so none is judged by itself"))];
    }

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
