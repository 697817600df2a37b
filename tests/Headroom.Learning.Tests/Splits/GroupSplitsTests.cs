using FsCheck;
using FsCheck.Fluent;
using Headroom.Learning.Splits;

namespace Headroom.Learning.Tests.Splits;

public sealed class GroupSplitsTests
{
    [Fact]
    public void No_group_is_ever_on_both_sides() => Prop.ForAll<byte[], int>((numbers, seed) =>
    {
        string[] groups = ["a", "b", .. numbers.Select(number => $"g{number % 13}")];
        Split[] splits = [.. GroupSplits.LeaveOneOut(groups), .. GroupSplits.Folds(groups, 2, seed), GroupSplits.HoldOut(groups, 0.3, seed)];
        return splits.All(split => split.Train.Count > 0 && split.Test.Count > 0
            && !split.Train.Select(row => groups[row]).Intersect(split.Test.Select(row => groups[row])).Any()
            && split.Train.Concat(split.Test).Order().SequenceEqual(Enumerable.Range(0, groups.Length)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Folds_score_every_row_exactly_once()
    {
        var groups = Enumerable.Range(0, 100).Select(row => $"{row % 17}").ToArray();

        var scored = GroupSplits.Folds(groups, 5, seed: 3).SelectMany(split => split.Test).Order();

        Assert.Equal(Enumerable.Range(0, 100), scored);
    }

    [Fact]
    public void The_same_seed_gives_the_same_split()
    {
        var groups = Enumerable.Range(0, 60).Select(row => $"{row % 20}").ToArray();

        Assert.Equal(GroupSplits.HoldOut(groups, 0.25, 7).Test, GroupSplits.HoldOut(groups, 0.25, 7).Test);
        Assert.NotEqual(GroupSplits.HoldOut(groups, 0.25, 7).Test, GroupSplits.HoldOut(groups, 0.25, 8).Test);
    }

    [Fact]
    public void One_group_cannot_be_split() =>
        Assert.Contains("at least two groups", Assert.Throws<ArgumentException>(() => GroupSplits.HoldOut(["a", "a"], 0.5, 1)).Message, StringComparison.Ordinal);
}
