namespace Headroom.Learning.Drift;

/// <summary>
/// What the drift of one feature does to the mean absolute error, estimated without labels: the errors of training, weighted by how often the feature now takes
/// values like those. Values beyond training count as the outermost ones, so far drifts are underestimated.
/// </summary>
public static class MaeEffect
{
    private const int Bins = 10;

    /// <param name="reference">Values in training, any order.</param>
    /// <param name="errors">Absolute errors of the same rows on held-out data.</param>
    /// <param name="current">Values now.</param>
    /// <returns>Change of the mean absolute error, in its unit; null where there is too little to tell.</returns>
    public static double? Of(IReadOnlyList<double> reference, IReadOnlyList<double> errors, IReadOnlyList<double> current)
    {
        var known = Enumerable.Range(0, reference.Count).Where(row => double.IsFinite(reference[row])).OrderBy(row => reference[row]).ToArray();
        double[] now = [.. current.Where(double.IsFinite)];
        if (known.Length < 2 * Bins || now.Length == 0)
        {
            return null;
        }

        var edges = Enumerable.Range(1, Bins - 1).Select(bin => reference[known[bin * known.Length / Bins]]).Distinct().ToArray();
        var (sums, counts) = (new double[edges.Length + 1], new int[edges.Length + 1]);
        foreach (var row in known)
        {
            var bin = Bin(edges, reference[row]);
            sums[bin] += errors[row];
            counts[bin]++;
        }

        var mean = known.Average(row => errors[row]);
        return now.Average(value => Bin(edges, value) is var bin && counts[bin] > 0 ? sums[bin] / counts[bin] : mean) - mean;
    }

    private static int Bin(double[] edges, double value)
    {
        var place = Array.BinarySearch(edges, value);
        return place < 0 ? ~place : place;
    }
}
