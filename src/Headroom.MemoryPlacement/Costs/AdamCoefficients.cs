namespace Headroom.MemoryPlacement.Costs;

/// <summary>The numbers of one process's CPU Adam step; see <see cref="AdamModel"/>.</summary>
/// <param name="FixedMilliseconds">t0: starting and joining threads.</param>
/// <param name="CachedNanoseconds">a: per element from the caches.</param>
/// <param name="CacheElements">C: elements whose operands the caches hold.</param>
/// <param name="DramNanoseconds">b_dram: per element streamed from DRAM.</param>
/// <param name="CxlNanoseconds">b_cxl: per element streamed from one CXL card.</param>
/// <param name="MixedFactor">Of b_cxl when both serve a tensor: reads and writes of one card collide less.</param>
public sealed record AdamCoefficients(
    double FixedMilliseconds, double CachedNanoseconds, double CacheElements, double DramNanoseconds, double CxlNanoseconds, double MixedFactor)
{
    /// <summary>A weak prior, for rows that leave one of the two memories unseen: one card is about four times slower (abstract of arXiv 2507.03305).</summary>
    private const double PriorCxlOverDram = 4;

    private static readonly double[] CacheGuesses = [8e6, 24e6];

    public double DramBytesPerSecond => AdamModel.BytesPerElement / DramNanoseconds * 1e9;

    public double CxlBytesPerSecond => AdamModel.BytesPerElement / CxlNanoseconds * 1e9;

    public double Milliseconds(double elements, double dramShare, double cxlShare)
    {
        var mixed = dramShare > 0 && cxlShare > 0 ? MixedFactor : 1;
        var streamed = Math.Max(dramShare * DramNanoseconds, cxlShare * CxlNanoseconds * mixed);
        return FixedMilliseconds + (1e-6 * ((CachedNanoseconds * Math.Min(elements, CacheElements)) + (streamed * Math.Max(0, elements - CacheElements))));
    }

    internal static AdamCoefficients Fit(IReadOnlyList<AdamRow> rows)
    {
        double Cost(double[] logs)
        {
            var candidate = From(logs);
            return AdamErrors.Cost(rows, row => candidate.Milliseconds(row.Elements, row.DramShare, row.CxlShare))
                + (0.1 * Math.Pow(logs[5] / 0.1, 2)) + (0.01 * Math.Pow(logs[4] - logs[3] - Math.Log(PriorCxlOverDram), 2));
        }

        var least = Math.Log(rows.Min(row => row.Milliseconds) / 2);
        var starts = CacheGuesses.Select(cache => (double[])[least, Math.Log(0.05), Math.Log(cache), Math.Log(0.1), Math.Log(0.4), 0]);
        return From(starts.Select(start => NelderMead.Minimise(Cost, start)).MinBy(Cost)!);
    }

    private static AdamCoefficients From(double[] logs) => new(Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]), Math.Exp(logs[4]), Math.Exp(logs[5]));
}
