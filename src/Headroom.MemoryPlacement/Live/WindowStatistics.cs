namespace Headroom.MemoryPlacement.Live;

/// <summary>Statistics over windows, of which some may be unknown.</summary>
internal static class WindowStatistics
{
    /// <summary>Share of windows below what counts as always there, and above what counts as the worst.</summary>
    public const double Tail = 0.05;

    public static double? Low(this float?[] windows) => windows.Quantile(Tail);

    public static double? High(this float?[] windows) => windows.Quantile(1 - Tail);

    public static double? Mean(this float?[] windows) => windows.Average(value => (double?)value);

    /// <summary>Straight between order statistics; null where nothing is known.</summary>
    public static double? Quantile(this float?[] windows, double level)
    {
        var known = windows.OfType<float>().Order().ToArray();
        if (known.Length == 0)
        {
            return null;
        }

        var at = level * (known.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, known.Length - 1);
        return known[below] + ((at - below) * (known[above] - known[below]));
    }
}
