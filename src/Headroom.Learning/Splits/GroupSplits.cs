namespace Headroom.Learning.Splits;

/// <summary>Splits that keep a group (application, composition, design, host) whole on one side.</summary>
public static class GroupSplits
{
    /// <summary>One split per group: that group is scored, the others train.</summary>
    public static IReadOnlyList<Split> LeaveOneOut(IReadOnlyList<string> groups) =>
        [.. groups.Distinct().Order(StringComparer.Ordinal).Select(group => Of($"without {group}", groups, group.Equals))];

    /// <summary><paramref name="folds"/> splits; every group is scored exactly once, folds hold about equally many rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two folds, or more folds than groups.</exception>
    public static IReadOnlyList<Split> Folds(IReadOnlyList<string> groups, int folds, int seed)
    {
        var sizes = groups.GroupBy(group => group).ToDictionary(rows => rows.Key, rows => rows.Count());
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, sizes.Count);

        // Large groups first, each to the fold with the fewest rows so far: even folds from uneven groups.
        var load = new int[folds];
        var foldOf = new Dictionary<string, int>();
        foreach (var group in Shuffled(sizes.Keys, seed).OrderByDescending(group => sizes[group]))
        {
            var fold = Array.IndexOf(load, load.Min());
            foldOf[group] = fold;
            load[fold] += sizes[group];
        }

        return [.. Enumerable.Range(0, folds).Select(fold => Of($"fold {fold + 1}", groups, group => foldOf[group] == fold))];
    }

    /// <summary>One split that scores about <paramref name="testShare"/> of the groups (at least one, never all).</summary>
    public static Split HoldOut(IReadOnlyList<string> groups, double testShare, int seed)
    {
        var names = Shuffled(groups.Distinct(), seed);
        if (names.Length < 2)
        {
            throw new ArgumentException($"Expected at least two groups to split, got {names.Length}.", nameof(groups));
        }

        var count = Math.Clamp((int)Math.Round(names.Length * testShare), 1, names.Length - 1);
        var chosen = names.Take(count).ToHashSet();
        return Of($"{count} of {names.Length} groups", groups, chosen.Contains);
    }

    /// <summary>The rows of the chosen groups are scored, all others train.</summary>
    public static Split Of(string name, IReadOnlyList<string> groups, Func<string, bool> isTest)
    {
        var test = groups.Select(isTest).ToArray();
        return new Split(name, Rows(test, false), Rows(test, true));
    }

    private static int[] Rows(bool[] test, bool wanted) => [.. Enumerable.Range(0, test.Length).Where(row => test[row] == wanted)];

    private static string[] Shuffled(IEnumerable<string> names, int seed)
    {
        var array = names.Order(StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(array);
        return array;
    }
}
