namespace Headroom.Learning.Drift;

/// <summary>Population stability index over the deciles of the reference: 0 is equal, 0.1 is the usual limit.</summary>
public static class PopulationStability
{
    private const int Bins = 10;

    /// <summary>Shares never fall below it, or an empty bin would be infinitely bad.</summary>
    private const double SmallestShare = 1e-4;

    /// <param name="reference">Rising.</param>
    /// <param name="current">Any order.</param>
    public static double Of(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var edges = Enumerable.Range(1, Bins - 1).Select(bin => reference[bin * (reference.Count - 1) / Bins]).Distinct().ToArray();
        var (before, now) = (Shares(reference, edges), Shares(current, edges));
        return before.Zip(now, (share, other) => (other - share) * Math.Log(other / share)).Sum();
    }

    private static double[] Shares(IReadOnlyList<double> values, double[] edges)
    {
        var counts = new double[edges.Length + 1];
        foreach (var value in values)
        {
            var place = Array.BinarySearch(edges, value);
            counts[place < 0 ? ~place : place]++;
        }

        return Array.ConvertAll(counts, count => Math.Max(count / values.Count, SmallestShare));
    }
}
