namespace Headroom.MemoryPlacement.Costs;

/// <summary>
/// Time of a CPU Adam step. Up to C elements the operands come from the caches at a fixed cost; beyond, 28 bytes move per element
/// (read parameter, gradient, momentum and variance, write three of them back) and the slowest share decides:
/// t = t0 + a min(n, C) + max(s_dram b_dram, s_cxl b_cxl mix) (n - C)+.
/// One set of numbers per count of concurrent processes.
/// </summary>
public sealed record AdamModel(IReadOnlyList<AdamCoefficients> ByProcesses)
{
    /// <summary>Bytes an fp32 Adam step moves per element.</summary>
    public const int BytesPerElement = 28;

    /// <summary>Below this the penalty of slow memory fades (arXiv 2507.03305 says about 20 M elements).</summary>
    public const double CachedElements = 20e6;

    /// <param name="rows">Measured steps, at least four per count of processes.</param>
    /// <exception cref="MemoryInputException">There are too few rows to fit.</exception>
    public static AdamModel Fit(IReadOnlyList<AdamRow> rows) => rows.Count < 8
        ? throw new MemoryInputException($"Expected at least 8 measured Adam steps to calibrate with, got {rows.Count}.")
        : new AdamModel([.. rows.GroupBy(row => row.Processes).OrderBy(group => group.Key).Select(group => AdamCoefficients.Fit(group.Key, [.. group]))]);

    /// <summary>Milliseconds for <paramref name="elements"/> with these shares of their pages; counts of processes never measured use the nearest.</summary>
    public double Milliseconds(double elements, int processes, double dramShare, double cxlShare) =>
        ByProcesses.MinBy(one => Math.Abs(one.Processes - processes))!.Milliseconds(elements, dramShare, cxlShare);

    public double Milliseconds(AdamRow row) => Milliseconds(row.Elements, row.Processes, row.DramShare, row.CxlShare);

    /// <summary>Rows whose errors are alike.</summary>
    public static string ErrorClass(AdamRow row) => row.Elements < CachedElements ? "cached" : row.Processes > 1 ? "streaming, shared" : "streaming";
}

/// <summary>The numbers of one count of processes.</summary>
/// <param name="Processes">How many step at the same time.</param>
/// <param name="FixedMilliseconds">t0: starting and joining threads.</param>
/// <param name="CachedNanoseconds">a: per element from the caches.</param>
/// <param name="CacheElements">C: elements whose operands the caches hold.</param>
/// <param name="DramNanoseconds">b_dram: per element streamed from DRAM.</param>
/// <param name="CxlNanoseconds">b_cxl: per element streamed from one CXL card.</param>
/// <param name="MixedFactor">Of b_cxl when both serve a tensor: reads and writes of one card collide less.</param>
public sealed record AdamCoefficients(
    int Processes, double FixedMilliseconds, double CachedNanoseconds, double CacheElements, double DramNanoseconds, double CxlNanoseconds, double MixedFactor)
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

    internal static AdamCoefficients Fit(int processes, IReadOnlyList<AdamRow> rows)
    {
        // Relative errors, weighted less where a stray thread moves a tenth of a millisecond; the Huber-like root keeps single outliers from steering.
        double Cost(double[] logs)
        {
            var candidate = From(processes, logs);
            return rows.Sum(row =>
            {
                var error = Math.Log(candidate.Milliseconds(row.Elements, row.DramShare, row.CxlShare) / row.Milliseconds);
                var weight = row.Elements < AdamModel.CachedElements ? 0.25 : 1;
                return weight * (Math.Sqrt(1 + (error * error / 0.0025)) - 1);
            }) + (0.1 * Math.Pow(logs[5] / 0.1, 2)) + (0.01 * Math.Pow(logs[4] - logs[3] - Math.Log(PriorCxlOverDram), 2));
        }

        var least = Math.Log(rows.Min(row => row.Milliseconds) / 2);
        var starts = CacheGuesses.Select(cache => (double[])[least, Math.Log(0.05), Math.Log(cache), Math.Log(0.1), Math.Log(0.4), 0]);
        return From(processes, starts.Select(start => NelderMead.Minimise(Cost, start)).MinBy(Cost)!);
    }

    private static AdamCoefficients From(int processes, double[] logs) =>
        new(processes, Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]), Math.Exp(logs[4]), Math.Exp(logs[5]));
}
