namespace Headroom.Learning.Drift;

/// <summary>
/// What the drift of one feature does to the mean absolute error, estimated without labels. The model is asked twice: about the rows as they are, and with the feature
/// put back to where training had it. How far its answers moved is added to the errors of training, as if what is predicted had stayed where it was. Where the truth
/// moved along with the feature, a good model follows it, and the estimate is too high.
/// </summary>
public static class MaeEffect
{
    /// <summary>The values that training had at the same ranks: the smallest becomes the smallest, the middle the middle.</summary>
    /// <param name="reference">Values in training, rising; at least one.</param>
    /// <param name="current">Values now, one per row; NaN where one is missing.</param>
    /// <returns>One value per row; NaN stays NaN.</returns>
    public static double[] PutBack(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var back = current.ToArray();
        var order = Enumerable.Range(0, back.Length).Where(row => double.IsFinite(current[row])).OrderBy(row => current[row]).ToArray();
        for (var rank = 0; rank < order.Length; rank++)
        {
            // Rows that are equal now stay equal: each takes the middle of their ranks.
            var (first, last) = (rank, rank);
            while (last + 1 < order.Length && current[order[last + 1]] == current[order[first]])
            {
                last++;
            }

            var value = Quantile(reference, (first + last + 1) / 2.0 / order.Length);
            for (; rank < last; rank++)
            {
                back[order[rank]] = value;
            }

            back[order[rank]] = value;
        }

        return back;
    }

    /// <param name="residuals">Prediction less truth of training rows that were left out.</param>
    /// <param name="moves">How far the answer for each row moved with the feature.</param>
    /// <returns>Change of the mean absolute error, in its unit; null where there is nothing to tell it from.</returns>
    public static double? Of(IReadOnlyList<double> residuals, IReadOnlyList<double> moves) => residuals.Count == 0 || moves.Count == 0
        ? null
        : moves.Average(move => residuals.Average(residual => Math.Abs(residual + move))) - residuals.Average(Math.Abs);

    private static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        var place = Math.Clamp((share * sorted.Count) - 0.5, 0, sorted.Count - 1);
        var below = (int)place;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
