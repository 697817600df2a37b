namespace Headroom.MemoryPlacement.Costs;

/// <summary>
/// Time of a CPU Adam step. Alone: up to C elements the operands come from the caches at a fixed cost; beyond, 28 bytes move per element (read
/// parameter, gradient, momentum and variance, write three of them back) and the slowest share decides:
/// t = t0 + a min(n, C) + max(s_dram b_dram, s_cxl b_cxl mix) (n - C)+. Several processes at once step the same elements together:
/// t + wait(n) + k s_dram (n - 75 M)+, see <see cref="AdamContention"/>.
/// </summary>
/// <param name="Alone">One process.</param>
/// <param name="Shared">What several processes add, by their count; empty where none were measured.</param>
public sealed record AdamModel(AdamCoefficients Alone, IReadOnlyList<AdamContention> Shared)
{
    /// <summary>Bytes an fp32 Adam step moves per element.</summary>
    public const int BytesPerElement = 28;

    /// <summary>Below this the penalty of slow memory fades (arXiv 2507.03305 says about 20 M elements).</summary>
    public const double CachedElements = 20e6;

    /// <param name="rows">Measured steps, at least eight of one process.</param>
    /// <exception cref="MemoryInputException">There are too few rows to fit.</exception>
    public static AdamModel Fit(IReadOnlyList<AdamRow> rows)
    {
        var alone = rows.Where(row => row.Processes == 1).ToArray();
        if (alone.Length < 8)
        {
            throw new MemoryInputException($"Expected at least 8 measured Adam steps of one process to calibrate with, got {alone.Length}.");
        }

        var one = AdamCoefficients.Fit(alone);
        return new AdamModel(one, [.. rows.Where(row => row.Processes > 1).GroupBy(row => row.Processes).OrderBy(group => group.Key).Select(group => AdamContention.Fit(group.Key, [.. group], one))]);
    }

    /// <summary>What this many processes add to one; counts never measured use the nearest.</summary>
    public AdamContention Contention(int processes) =>
        processes <= 1 ? AdamContention.None : Shared.MinBy(shared => Math.Abs(shared.Processes - processes)) ?? AdamContention.None;

    /// <summary>Milliseconds for <paramref name="elements"/> with these shares of their pages.</summary>
    public double Milliseconds(double elements, int processes, double dramShare, double cxlShare) =>
        Alone.Milliseconds(elements, dramShare, cxlShare) + Contention(processes).Milliseconds(elements, dramShare);

    public double Milliseconds(AdamRow row) => Milliseconds(row.Elements, row.Processes, row.DramShare, row.CxlShare);

    /// <summary>Rows whose errors are alike.</summary>
    public static string ErrorClass(AdamRow row) => (row.Elements < CachedElements, row.Processes > 1) switch
    {
        (true, false) => "cached",
        (true, true) => "cached, shared",
        (false, false) => "streaming",
        (false, true) => "streaming, shared",
    };
}
