namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// How far a count of a family was from where its learnt part starts (<see cref="TrainingRow.Base"/>), as a difference of ln(1 + count). What a design
/// beyond training costs per multiplier, weight or cycle of the rule is not known, but it will not be another order: the prediction is kept inside
/// what training had, and for a kind of design it did not have the interval reaches over what was usual.
/// </summary>
internal sealed record RatioRange(double Lowest, double Low, double High, double Highest)
{
    private const double Tail = 0.05;

    public static RatioRange Of(IEnumerable<double> ratios)
    {
        var sorted = ratios.Order().ToArray();
        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        return new RatioRange(sorted[0], At(Tail), At(1 - Tail), sorted[^1]);
    }

    /// <summary>ln(1 + count) kept inside.</summary>
    public double Bound(double logarithm, double start) => Math.Clamp(logarithm, start + Lowest, start + Highest);
}
