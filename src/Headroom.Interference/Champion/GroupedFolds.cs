using Headroom.Interference.Runs;
using Headroom.Learning.Splits;

namespace Headroom.Interference.Champion;

/// <summary>Folds inside a training set that leave whole groups out, as the runs to come will be.</summary>
public static class GroupedFolds
{
    /// <param name="train">Training runs.</param>
    /// <param name="group">What a fold keeps whole.</param>
    /// <param name="alwaysTrains">Runs that no fold leaves out.</param>
    /// <param name="folds">At most this many; fewer where there are fewer groups.</param>
    /// <param name="seed">Which groups meet in a fold.</param>
    public static IReadOnlyList<Split> Of(RunSet train, Func<InterferenceRun, string> group, Func<InterferenceRun, bool> alwaysTrains, int folds, int seed)
    {
        var left = Enumerable.Range(0, train.Runs.Count).Where(row => !alwaysTrains(train.Runs[row])).ToArray();
        var kept = Enumerable.Range(0, train.Runs.Count).Where(row => alwaysTrains(train.Runs[row])).ToArray();
        var groups = left.Select(row => group(train.Runs[row])).ToArray();
        var count = Math.Min(folds, groups.Distinct().Count());
        if (count < 2)
        {
            // One group or none: rows at random are all there is to learn from.
            groups = [.. Enumerable.Range(0, left.Length).Select(row => $"{row}")];
            count = Math.Min(folds, left.Length);
        }

        return count < 2
            ? throw new InvalidDataException($"{train.Name}: expected at least two labelled runs to leave out, got {left.Length}.")
            : [.. GroupSplits.Folds(groups, count, seed).Select(split => new Split(
                split.Name,
                [.. split.Train.Select(index => left[index]).Concat(kept).Order()],
                [.. split.Test.Select(index => left[index])]))];
    }
}
