namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Which members a mixture may use.</summary>
internal readonly record struct Members(bool Overhead, bool Gate, bool RuleSpeaks);

/// <summary>Finds the shares of the members by their out-of-fold SMAPE, on a grid of fifths.</summary>
internal static class StackSearch
{
    private const int Steps = 5;
    private const double Hair = 0.995;
    private const double Alike = 1.05;

    /// <param name="truth">Counts.</param>
    /// <param name="voices">What the members say about each row, none of them having seen its architecture.</param>
    /// <param name="counting">How logarithms become counts.</param>
    /// <param name="members">Which members there are, and whether the rule may speak for itself.</param>
    public static Mixture Run(double[] truth, Voices[] voices, Counting counting, Members members)
    {
        var tried = Candidates(members).Select(mixture => (Mixture: mixture, Error: Smape(truth, voices.Select(voice => counting.ToCount(voice, mixture))))).ToArray();

        // The simpler mixture comes first and wins unless another is better by more than a hair.
        var best = tried[0];
        foreach (var candidate in tried)
        {
            best = candidate.Error < best.Error * Hair ? candidate : best;
        }

        if (best.Mixture.IsRuleOnly)
        {
            return best.Mixture;
        }

        // Mixtures about as good differ by chance: their mean is steadier than the winner.
        var alike = tried.Where(candidate => candidate.Mixture.IsGated == best.Mixture.IsGated && candidate.Error <= best.Error * Alike).Select(candidate => candidate.Mixture).ToArray();
        return new Mixture(
            alike.Average(mixture => mixture.Process), alike.Average(mixture => mixture.Overhead), alike.Average(mixture => mixture.CoreOverhead),
            alike.Average(mixture => mixture.Trees), best.Mixture.IsGated);
    }

    private static IEnumerable<Mixture> Candidates(Members members) =>
        from gated in Enumerable.Range(0, members.Gate ? 2 : 1).Select(choice => choice == 1)
        from rule in Shares(members.RuleSpeaks, Steps).Reverse()
        from process in Shares(true, Steps - rule)
        from overhead in Shares(members.Overhead, Steps - rule - process)
        from core in Shares(members.Overhead, Steps - rule - process - overhead)
        select new Mixture(Share(process), Share(overhead), Share(core), Share(Steps - rule - process - overhead - core), gated);

    private static IEnumerable<int> Shares(bool isMember, int left) => Enumerable.Range(0, isMember ? left + 1 : 1);

    private static double Share(int steps) => steps / (double)Steps;

    /// <summary>SMAPE in percent, with no constant in the denominator; a zero predicted as zero is no error.</summary>
    public static double Smape(IReadOnlyList<double> truth, IEnumerable<double> predicted)
    {
        double sum = 0;
        foreach (var (value, index) in predicted.Select((value, index) => (value, index)))
        {
            var size = Math.Abs(truth[index]) + Math.Abs(value);
            sum += size == 0 ? 0 : 200 * Math.Abs(truth[index] - value) / size;
        }

        return sum / truth.Count;
    }
}

/// <summary>How a mixed logarithm becomes a count.</summary>
/// <param name="IsWhole">All counts seen were whole numbers.</param>
internal readonly record struct Counting(bool IsWhole)
{
    public double ToCount(Voices voices, Mixture mixture)
    {
        if (!mixture.IsGated)
        {
            return ToCount(voices.Mix(mixture));
        }

        return voices.Positive < 0.5 ? 0 : Math.Max(1, ToCount(voices.Mix(mixture)));
    }

    public double ToCount(double logarithm)
    {
        var count = LogCount.Plain(logarithm);
        return IsWhole ? Math.Round(count) : count;
    }
}
