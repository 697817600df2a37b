namespace Headroom.MemoryPlacement.Costs;

/// <summary>
/// What several processes that step together add to the time of one: waiting for each other, of which larger steps hide a part, and, once their streams
/// overlap, disturbing each other in DRAM. A card is as busy with one stream as with two.
/// </summary>
/// <param name="Processes">How many step at the same time.</param>
/// <param name="WaitMilliseconds">Wait of the smallest steps.</param>
/// <param name="StreamingWaitMilliseconds">Wait of steps from 75 M elements on; in proportion between.</param>
/// <param name="DramNanoseconds">k: added per element streamed from DRAM beyond 75 M.</param>
public sealed record AdamContention(int Processes, double WaitMilliseconds, double StreamingWaitMilliseconds, double DramNanoseconds)
{
    /// <summary>
    /// Steps of up to 73 M elements add a wait alone, those of 545 M more; where that begins is not measured. Stated, not fitted.
    /// </summary>
    public const double OverlapElements = 75e6;

    public static AdamContention None { get; } = new(1, 0, 0, 0);

    public double Milliseconds(double elements, double dramShare)
    {
        var wait = WaitMilliseconds + ((StreamingWaitMilliseconds - WaitMilliseconds) * Math.Min(1, elements / OverlapElements));
        return wait + (1e-6 * DramNanoseconds * dramShare * Math.Max(0, elements - OverlapElements));
    }

    internal static AdamContention Fit(int processes, IReadOnlyList<AdamRow> rows, AdamCoefficients alone)
    {
        double Cost(double[] logs)
        {
            var candidate = From(processes, logs);
            return AdamErrors.Cost(rows, row => alone.Milliseconds(row.Elements, row.DramShare, row.CxlShare) + candidate.Milliseconds(row.Elements, row.DramShare));
        }

        var least = Math.Log(Math.Max(1e-3, rows.Min(row => row.Milliseconds)));
        return From(processes, NelderMead.Minimise(Cost, [least, least, Math.Log(0.05)]));
    }

    private static AdamContention From(int processes, double[] logs) => new(processes, Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]));
}

/// <summary>What a fit of Adam steps minimises.</summary>
internal static class AdamErrors
{
    private const double CachedWeight = 0.25;
    private const double Outlier = 0.05;

    /// <summary>
    /// Relative errors, weighted less where a stray thread moves a tenth of a millisecond; the Huber-like root keeps single outliers from steering.
    /// </summary>
    public static double Cost(IReadOnlyList<AdamRow> rows, Func<AdamRow, double> predicted) => rows.Sum(row =>
    {
        var error = Math.Log(predicted(row) / row.Milliseconds) / Outlier;
        return (row.Elements < AdamModel.CachedElements ? CachedWeight : 1) * (Math.Sqrt(1 + (error * error)) - 1);
    });
}
