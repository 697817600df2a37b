namespace Headroom.Learning.Tabular;

/// <summary>Rows to learn from: features (rows x columns, NaN where a value is missing), targets, and the group each row belongs to.</summary>
public sealed record TabularSet
{
    /// <exception cref="ArgumentException">The parts differ in length, rows differ in width, or a target is not finite.</exception>
    public TabularSet(IReadOnlyList<string> columns, float[][] features, double[] targets, IReadOnlyList<string>? groups = null, float[]? weights = null)
    {
        if (features.Length != targets.Length || (groups is not null && groups.Count != targets.Length) || (weights is not null && weights.Length != targets.Length))
        {
            throw new ArgumentException($"Expected equally many rows, targets, groups and weights, got {features.Length}, {targets.Length}, {groups?.Count} and {weights?.Length}.", nameof(targets));
        }

        if (Array.FindIndex(features, row => row.Length != columns.Count) is >= 0 and var wrong)
        {
            throw new ArgumentException($"Expected {columns.Count} columns in every row, row {wrong} has {features[wrong].Length}.", nameof(features));
        }

        if (Array.FindIndex(targets, target => !double.IsFinite(target)) is >= 0 and var bad)
        {
            throw new ArgumentException($"Expected finite targets, row {bad} has {targets[bad]}.", nameof(targets));
        }

        (Columns, Features, Targets, Groups, Weights) = (columns, features, targets, groups ?? [.. Enumerable.Range(0, targets.Length).Select(row => $"{row}")], weights);
    }

    public IReadOnlyList<string> Columns { get; }

    public float[][] Features { get; }

    public double[] Targets { get; }

    public IReadOnlyList<string> Groups { get; }

    /// <summary>Weight per row; null when all weigh the same.</summary>
    public float[]? Weights { get; }

    public int Count => Targets.Length;

    /// <summary>The chosen rows, in the given order.</summary>
    public TabularSet Take(IReadOnlyList<int> rows) => new(
        Columns,
        [.. rows.Select(row => Features[row])],
        [.. rows.Select(row => Targets[row])],
        [.. rows.Select(row => Groups[row])],
        Weights is null ? null : [.. rows.Select(row => Weights[row])]);

    /// <summary>At most so many rows, drawn at random, in their order.</summary>
    public TabularSet Thin(int most, Random random) => Count > most ? Take(Draw(Count, most, random)) : this;

    /// <summary>At most so many numbers below a count, drawn at random, rising.</summary>
    internal static int[] Draw(int count, int most, Random random)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        random.Shuffle(rows);
        return [.. rows.Take(most).Order()];
    }
}
