namespace Headroom.Interference.Champion;

/// <summary>How much every row's score counts where whole groups are new: the rows of a group share one weight, whatever their number.</summary>
internal static class GroupWeights
{
    /// <summary>A group counts less when its mean score is more than this many times the middle group's.</summary>
    private const double Usual = 2;

    /// <summary>How fast its weight falls beyond that.</summary>
    private const double Steepness = 4;

    /// <summary>So many rows of the middle score are added to every group: one row alone is no reason to doubt it.</summary>
    private const double DrawnIn = 5;

    /// <summary>Every group weighs 1.</summary>
    /// <param name="groups">Group of each row.</param>
    public static double[] Equal(string[] groups)
    {
        var sizes = groups.CountBy(name => name).ToDictionary();
        return Array.ConvertAll(groups, name => 1.0 / sizes[name]);
    }

    /// <summary>
    /// A group that errs far beyond the usual hardly weighs. Of known jobs three pairings in forty, measured under other conditions, would take up all the errors
    /// that 90 % allow and make every other interval too wide; intervals promise nothing about their like.
    /// </summary>
    /// <param name="scores">Residuals over expected errors, one per row.</param>
    /// <param name="groups">Group of each row.</param>
    public static double[] Doubting(double[] scores, string[] groups)
    {
        var found = scores.Zip(groups).GroupBy(row => row.Second, row => row.First).ToDictionary(rows => rows.Key, rows => (Count: rows.Count(), Sum: rows.Sum()));
        var middle = found.Values.Select(group => group.Sum / group.Count).Order().ElementAt(found.Count / 2);
        return Equal(groups).Zip(groups, (weight, name) =>
        {
            var (count, sum) = found[name];
            var beyond = (sum + (DrawnIn * middle)) / ((count + DrawnIn) * Usual * Math.Max(middle, 1e-12));
            return weight * Math.Pow(Math.Max(beyond, 1), -Steepness);
        }).ToArray();
    }
}
