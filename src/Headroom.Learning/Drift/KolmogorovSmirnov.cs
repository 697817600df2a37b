namespace Headroom.Learning.Drift;

/// <summary>Two-sample Kolmogorov-Smirnov test.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Largest distance between the two empirical distributions, 0 to 1.</summary>
    /// <param name="first">Rising.</param>
    /// <param name="second">Rising.</param>
    public static double Distance(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (i, j, largest) = (0, 0, 0.0);
        while (i < first.Count && j < second.Count)
        {
            var at = Math.Min(first[i], second[j]);
            while (i < first.Count && first[i] <= at)
            {
                i++;
            }

            while (j < second.Count && second[j] <= at)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(((double)i / first.Count) - ((double)j / second.Count)));
        }

        return largest;
    }

    /// <summary>Asymptotic p-value with Stephens' correction for small samples (Numerical Recipes, 14.3).</summary>
    public static double PValue(double distance, int firstCount, int secondCount)
    {
        var root = Math.Sqrt((double)firstCount * secondCount / (firstCount + secondCount));
        var lambda = (root + 0.12 + (0.11 / root)) * distance;
        if (lambda < 0.2)
        {
            // The series converges slowly there, and its value is 1 to ten digits.
            return 1;
        }

        var (sum, sign) = (0.0, 1.0);
        for (var term = 1; term <= 100; term++)
        {
            var part = Math.Exp(-2 * term * term * lambda * lambda);
            sum += sign * part;
            sign = -sign;
            if (part < 1e-12 * Math.Abs(sum))
            {
                break;
            }
        }

        return Math.Clamp(2 * sum, 0, 1);
    }
}
