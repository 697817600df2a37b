using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>Measured power to learn from or to score: what was known of each row, the watts, and the rows' split.</summary>
/// <param name="Rows">Features, watts, and the group that stays whole on one side of a split.</param>
/// <param name="Splits">What the file says of each row (train, val, …), null where it says nothing.</param>
public sealed record PowerSet(TabularSet Rows, IReadOnlyList<string?> Splits)
{
    /// <summary>Rows marked train.</summary>
    public TabularSet Train => Where(split => split == "train");

    /// <summary>Rows not marked train: validation, hold-out, or unmarked.</summary>
    public TabularSet NotTrain => Where(split => split != "train");

    private TabularSet Where(Func<string?, bool> wanted) => Rows.Take([.. Enumerable.Range(0, Rows.Count).Where(row => wanted(Splits[row]))]);
}
