using Headroom.Interference.Runs;
using Headroom.Learning.Splits;

namespace Headroom.Interference.Champion;

/// <summary>Folds inside a training set that leave whole groups out; undisturbed runs always train, because an unseen mix is never the absence of neighbours.</summary>
public static class GroupedFolds
{
    /// <param name="train">Training runs.</param>
    /// <param name="group">What a fold keeps whole.</param>
    /// <param name="folds">At most this many; fewer where there are fewer groups.</param>
    /// <param name="seed">Which groups meet in a fold.</param>
    public static IReadOnlyList<Split> Of(RunSet train, Func<InterferenceRun, string> group, int folds, int seed)
    {
        var disturbed = Enumerable.Range(0, train.Runs.Count).Where(row => !train.Runs[row].IsSolo).ToArray();
        var solo = Enumerable.Range(0, train.Runs.Count).Where(row => train.Runs[row].IsSolo).ToArray();
        var groups = disturbed.Select(row => group(train.Runs[row])).ToArray();
        var count = Math.Min(folds, groups.Distinct().Count());
        if (count < 2)
        {
            // One group or none: rows at random are all there is to learn from.
            groups = [.. Enumerable.Range(0, disturbed.Length).Select(row => $"{row}")];
            count = Math.Min(folds, disturbed.Length);
        }

        return count < 2
            ? throw new InvalidDataException($"{train.Name}: expected at least two labelled runs with neighbours, got {disturbed.Length}.")
            : [.. GroupSplits.Folds(groups, count, seed).Select(split => new Split(
                split.Name,
                [.. split.Train.Select(index => disturbed[index]).Concat(solo).Order()],
                [.. split.Test.Select(index => disturbed[index])]))];
    }
}
