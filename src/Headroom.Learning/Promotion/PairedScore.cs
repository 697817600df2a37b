using Headroom.Learning.Statistics;

namespace Headroom.Learning.Promotion;

/// <summary>What the champion and its challenger made of one row.</summary>
/// <param name="Champion">Absolute error of the champion.</param>
/// <param name="Challenger">Absolute error of the challenger.</param>
/// <param name="IsCovered">The truth lies in the challenger's interval.</param>
/// <param name="Group">Rows of one group err together and are resampled together.</param>
/// <param name="Slice">The part of the rows that must not get worse, for example the application.</param>
public sealed record PairedRow(double Champion, double Challenger, bool IsCovered, string Group, string Slice);

/// <summary>Champion and challenger on the same rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="ChampionMae">Mean absolute error of the champion, in the unit of the label.</param>
/// <param name="ChallengerMae">The challenger's.</param>
/// <param name="Lower">Lower end of the 95 % interval of challenger minus champion.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="PValue">Two-sided p-value of "no difference", paired bootstrap over groups.</param>
/// <param name="Coverage">Share of truths in the challenger's intervals.</param>
/// <param name="Slices">The same per slice.</param>
public sealed record PairedScore(
    int Rows, double ChampionMae, double ChallengerMae, double Lower, double Upper, double PValue, double Coverage, IReadOnlyList<SliceScore> Slices)
{
    /// <summary>The challenger errs less on average.</summary>
    public bool IsBetter => ChallengerMae < ChampionMae;

    /// <param name="rows">At least one.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static PairedScore Of(IReadOnlyList<PairedRow> rows, int seed)
    {
        var bootstrap = PairedBootstrap.Compare(
            [.. rows.Select(row => row.Challenger)], [.. rows.Select(row => row.Champion)], [.. rows.Select(row => row.Group)], seed);
        return new PairedScore(
            rows.Count,
            rows.Average(row => row.Champion),
            rows.Average(row => row.Challenger),
            bootstrap.Lower,
            bootstrap.Upper,
            bootstrap.PValue,
            rows.Average(row => row.IsCovered ? 1.0 : 0),
            [
                .. rows.GroupBy(row => row.Slice).OrderBy(slice => slice.Key, StringComparer.Ordinal)
                    .Select(slice => new SliceScore(slice.Key, slice.Count(), slice.Average(row => row.Champion), slice.Average(row => row.Challenger))),
            ]);
    }
}

/// <summary>Champion and challenger on one slice.</summary>
public sealed record SliceScore(string Slice, int Rows, double ChampionMae, double ChallengerMae)
{
    /// <summary>Challenger over champion; above 1 is worse. Null when the champion made no error at all.</summary>
    public double? Ratio => ChampionMae > 0 ? ChallengerMae / ChampionMae : null;
}
