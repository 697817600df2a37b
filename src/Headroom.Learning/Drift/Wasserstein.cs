namespace Headroom.Learning.Drift;

/// <summary>How far the values of one sample have to be moved to become the other (first Wasserstein distance in one dimension).</summary>
public static class Wasserstein
{
    /// <param name="first">Rising.</param>
    /// <param name="second">Rising.</param>
    /// <returns>In the unit of the values.</returns>
    public static double Distance(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (i, j, sum) = (0, 0, 0.0);
        var at = Math.Min(first[0], second[0]);
        while (i < first.Count || j < second.Count)
        {
            var next = Math.Min(i < first.Count ? first[i] : double.PositiveInfinity, j < second.Count ? second[j] : double.PositiveInfinity);
            sum += Math.Abs(((double)i / first.Count) - ((double)j / second.Count)) * (next - at);
            at = next;
            while (i < first.Count && first[i] <= at)
            {
                i++;
            }

            while (j < second.Count && second[j] <= at)
            {
                j++;
            }
        }

        return sum;
    }

    /// <summary>In standard deviations of the reference, as Evidently reports it; infinite where a constant started to move.</summary>
    public static double Normed(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var mean = reference.Average();
        var deviation = Math.Sqrt(reference.Sum(value => (value - mean) * (value - mean)) / reference.Count);
        var distance = Distance(reference, current);
        return distance == 0 ? 0 : distance / deviation;
    }
}
