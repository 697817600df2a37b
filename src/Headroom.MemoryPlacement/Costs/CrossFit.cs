using Headroom.Learning.Conformal;
using Headroom.Learning.Splits;

namespace Headroom.MemoryPlacement.Costs;

/// <summary>A prediction of a row that was not fitted on, with its interval.</summary>
public sealed record Held<T>(T Row, double Truth, double Predicted, Interval Interval);

/// <summary>How a kind of row is fitted and scored.</summary>
/// <param name="Group">What is held out together.</param>
/// <param name="Truth">Measured time.</param>
/// <param name="Class">Class of error.</param>
/// <param name="Fit">Fits a predictor on rows.</param>
public sealed record CostTask<T>(Func<T, string> Group, Func<T, double> Truth, Func<T, string> Class, Func<IReadOnlyList<T>, Func<T, double>> Fit)
{
    public const double Level = 0.9;
    private const int InnerFolds = 6;

    /// <summary>Fits on <paramref name="train"/>; intervals come from its own held-out groups.</summary>
    public IReadOnlyList<Held<T>> Score(IReadOnlyList<T> train, IReadOnlyList<T> scored, int seed)
    {
        var interval = Calibrate(train, seed);
        var model = Fit(train);
        return [.. scored.Select(row => Hold(row, model(row), interval))];
    }

    /// <summary>Every group held out once: none of its rows is seen by the model or the interval it is scored with.</summary>
    public IReadOnlyList<Held<T>> CrossValidate(IReadOnlyList<T> rows, int folds, int seed)
    {
        var groups = rows.Select(Group).ToArray();
        var splits = GroupSplits.Folds(groups, Math.Min(folds, groups.Distinct().Count()), seed);
        return [.. splits.SelectMany(split => Score([.. split.Train.Select(row => rows[row])], [.. split.Test.Select(row => rows[row])], seed))];
    }

    /// <summary>The interval that residuals of held-out groups of these rows ask for.</summary>
    public RelativeInterval Calibrate(IReadOnlyList<T> rows, int seed)
    {
        var groups = rows.Select(Group).ToArray();
        var held = GroupSplits.Folds(groups, Math.Min(InnerFolds, groups.Distinct().Count()), seed).SelectMany(split =>
        {
            var model = Fit([.. split.Train.Select(row => rows[row])]);
            return split.Test.Select(row => (Row: rows[row], Predicted: model(rows[row])));
        }).ToArray();
        return RelativeInterval.Fit([.. held.Select(one => Truth(one.Row))], [.. held.Select(one => one.Predicted)], [.. held.Select(one => Class(one.Row))], Level);
    }

    private Held<T> Hold(T row, double predicted, RelativeInterval interval) => new(row, Truth(row), predicted, interval.Around(predicted, Class(row)));
}

/// <summary>Mean absolute percentage error and coverage of held-out predictions.</summary>
public static class HeldScores
{
    public static double MapePercent<T>(this IReadOnlyList<Held<T>> held) => 100 * held.Average(one => one.RelativeError());

    public static double Coverage<T>(this IReadOnlyList<Held<T>> held) => held.Average(one => one.Interval.Contains(one.Truth) ? 1.0 : 0);

    public static double RelativeError<T>(this Held<T> held) => Math.Abs(held.Predicted - held.Truth) / held.Truth;
}
