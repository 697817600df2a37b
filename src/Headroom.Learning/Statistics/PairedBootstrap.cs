namespace Headroom.Learning.Statistics;

/// <summary>Whether one model's errors are smaller than another's on the same rows.</summary>
/// <param name="Difference">Mean of (first - second); negative when the first errs less.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end of the 95 % interval.</param>
/// <param name="PValue">Two-sided p-value of "no difference".</param>
public sealed record PairedBootstrap(double Difference, double Lower, double Upper, double PValue)
{
    /// <summary>Resamples whole groups, because rows of one group err together. Give every row its own group when they do not.</summary>
    /// <param name="first">Absolute errors of the first model.</param>
    /// <param name="second">Absolute errors of the second model on the same rows.</param>
    /// <param name="groups">Group of each row.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <param name="samples">Number of resamples.</param>
    public static PairedBootstrap Compare(
        IReadOnlyList<double> first, IReadOnlyList<double> second, IReadOnlyList<string> groups, int seed, int samples = 2000)
    {
        if (first.Count != second.Count || first.Count != groups.Count || first.Count == 0)
        {
            throw new ArgumentException($"Expected equally many errors and groups, got {first.Count}, {second.Count} and {groups.Count}.", nameof(second));
        }

        var sums = Enumerable.Range(0, first.Count).GroupBy(row => groups[row])
            .Select(rows => (Sum: rows.Sum(row => first[row] - second[row]), Count: rows.Count())).ToArray();
        var difference = sums.Sum(group => group.Sum) / first.Count;
        var random = new Random(seed);
        var means = new double[samples];
        for (var sample = 0; sample < samples; sample++)
        {
            double sum = 0;
            var count = 0;
            for (var draw = 0; draw < sums.Length; draw++)
            {
                var group = sums[random.Next(sums.Length)];
                sum += group.Sum;
                count += group.Count;
            }

            means[sample] = sum / count;
        }

        Array.Sort(means);
        var below = (1.0 + means.Count(mean => mean <= 0)) / (samples + 1);
        var above = (1.0 + means.Count(mean => mean >= 0)) / (samples + 1);
        return new PairedBootstrap(difference, means[(int)(0.025 * samples)], means[(int)(0.975 * samples)], Math.Min(1, 2 * Math.Min(below, above)));
    }
}
