namespace Headroom.Learning.Conformal;

/// <summary>The score that a new exchangeable row stays below with the wanted probability.</summary>
public static class ConformalQuantile
{
    /// <summary>The ceil((n+1) level)-th smallest score; positive infinity when there are too few scores to promise the level.</summary>
    public static double Of(IEnumerable<double> scores, double level)
    {
        CheckLevel(level);
        var sorted = scores.Order().ToArray();
        var rank = (int)Math.Ceiling((sorted.Length + 1) * level);
        return rank <= sorted.Length ? sorted[Math.Max(rank, 1) - 1] : double.PositiveInfinity;
    }

    /// <summary>
    /// The same with weights (Tibshirani et al. 2019, weighted conformal prediction): the smallest score whose share of the total weight,
    /// the new row's own weight included, reaches the level. With weight 1/size of its group, every group counts the same.
    /// </summary>
    public static double Weighted(IReadOnlyList<double> scores, IReadOnlyList<double> weights, double level, double ownWeight)
    {
        CheckLevel(level);
        if (scores.Count != weights.Count)
        {
            throw new ArgumentException($"Expected one weight per score ({scores.Count}), got {weights.Count}.", nameof(weights));
        }

        var wanted = level * (weights.Sum() + ownWeight);
        double seen = 0;
        foreach (var index in Enumerable.Range(0, scores.Count).OrderBy(index => scores[index]))
        {
            seen += weights[index];
            if (seen >= wanted * (1 - 1e-12))
            {
                return scores[index];
            }
        }

        return double.PositiveInfinity;
    }

    private static void CheckLevel(double level)
    {
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "Expected a level between 0 and 1, such as 0.9.");
        }
    }
}
