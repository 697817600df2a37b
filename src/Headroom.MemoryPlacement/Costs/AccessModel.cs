namespace Headroom.MemoryPlacement.Costs;

/// <summary>
/// Bandwidth of CPU threads on a memory (local, the other socket, a GPU's over NVLink), by operation, pattern, access size and threads. Each of these
/// memories saturates, and some fall again, in its own way, so the model is the measured curve over threads: straight on logarithmic axes between
/// measured counts, proportional below the smallest, level above the largest.
/// </summary>
public sealed class AccessModel
{
    private readonly Dictionary<string, AccessCurve[]> _memories;

    private AccessModel(Dictionary<string, AccessCurve[]> memories) => _memories = memories;

    /// <exception cref="MemoryInputException">There are no rows.</exception>
    public static AccessModel Fit(IReadOnlyList<AccessRow> rows) => rows.Count == 0
        ? throw new MemoryInputException("Expected measured accesses to calibrate with, got none.")
        : new AccessModel(rows.GroupBy(row => row.Kind).ToDictionary(memory => memory.Key, memory => memory.GroupBy(row => row.AccessBytes).Select(AccessCurve.Of).ToArray()));

    /// <exception cref="MemoryInputException">This memory was never measured with this operation and pattern.</exception>
    public double BytesPerSecond(AccessRow row) => _memories.TryGetValue(row.Kind, out var curves)
        ? curves.MinBy(curve => Math.Abs(Math.Log(curve.AccessBytes / row.AccessBytes)))!.BytesPerSecond(row.Threads)
        : throw new MemoryInputException($"Expected one of {string.Join("; ", _memories.Keys)}, got {row.Kind}.");

    /// <summary>Rows whose errors are alike.</summary>
    public static string ErrorClass(AccessRow row) => $"{row.System} {row.Memory} {row.Operation}";
}

/// <summary>One access size of one memory: bandwidth over threads, ascending.</summary>
internal sealed record AccessCurve(double AccessBytes, IReadOnlyList<(double Threads, double BytesPerSecond)> Points)
{
    public static AccessCurve Of(IGrouping<double, AccessRow> rows) =>
        new(rows.Key, [.. rows.GroupBy(row => row.Threads).OrderBy(group => group.Key).Select(group => (group.Key, group.Average(row => row.BytesPerSecond)))]);

    public double BytesPerSecond(double threads)
    {
        var above = 0;
        while (above < Points.Count && Points[above].Threads < threads)
        {
            above++;
        }

        if (above == Points.Count)
        {
            return Points[^1].BytesPerSecond;
        }

        if (above == 0)
        {
            return Points[0].BytesPerSecond * threads / Points[0].Threads;
        }

        var (low, high) = (Points[above - 1], Points[above]);
        var along = Math.Log(threads / low.Threads) / Math.Log(high.Threads / low.Threads);
        return Math.Exp(((1 - along) * Math.Log(low.BytesPerSecond)) + (along * Math.Log(high.BytesPerSecond)));
    }
}
