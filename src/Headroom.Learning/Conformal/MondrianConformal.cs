namespace Headroom.Learning.Conformal;

/// <summary>A separate split conformal interval per class (host class, workload class); a class with too few rows uses the pooled one.</summary>
public sealed record MondrianConformal(SplitConformal Pooled, IReadOnlyDictionary<string, SplitConformal> Classes)
{
    /// <param name="truth">True values of held-out rows.</param>
    /// <param name="predicted">Predictions for them.</param>
    /// <param name="classes">Class of each row.</param>
    /// <param name="level">Wanted coverage, 0 to 1.</param>
    /// <param name="minimumRows">Rows a class needs for an interval of its own.</param>
    /// <param name="scale">Expected size of each row's error; null for the same size everywhere.</param>
    public static MondrianConformal Fit(
        IReadOnlyList<double> truth, IReadOnlyList<double> predicted, IReadOnlyList<string> classes, double level,
        int minimumRows = 50, IReadOnlyList<double>? scale = null)
    {
        SplitConformal Of(int[] rows) => SplitConformal.Fit(
            [.. rows.Select(row => truth[row])], [.. rows.Select(row => predicted[row])], level, scale is null ? null : [.. rows.Select(row => scale[row])]);

        var own = Enumerable.Range(0, truth.Count).GroupBy(row => classes[row])
            .Where(rows => rows.Count() >= minimumRows)
            .ToDictionary(rows => rows.Key, rows => Of([.. rows]));
        return new MondrianConformal(Of([.. Enumerable.Range(0, truth.Count)]), own);
    }

    public Interval Around(string @class, double predicted, double scale = 1) =>
        (Classes.TryGetValue(@class, out var own) ? own : Pooled).Around(predicted, scale);
}
