namespace Headroom.Learning.Metrics;

/// <summary>How good predicted probabilities of a yes/no question are.</summary>
/// <param name="Count">Rows scored.</param>
/// <param name="Accuracy">Share of rows right at the threshold 0.5.</param>
/// <param name="LogLoss">Mean negative log-likelihood in nats, probabilities clipped to 1e-12.</param>
/// <param name="Brier">Mean squared distance of probability and truth.</param>
/// <param name="Auc">Area under the ROC curve, ties counted half; null when only one class occurs.</param>
public sealed record ClassificationMetrics(int Count, double Accuracy, double LogLoss, double Brier, double? Auc)
{
    /// <exception cref="ArgumentException">The lengths differ, or there is no row.</exception>
    public static ClassificationMetrics Of(IReadOnlyList<bool> truth, IReadOnlyList<double> probability)
    {
        if (truth.Count != probability.Count || truth.Count == 0)
        {
            throw new ArgumentException($"Expected one probability per true value and at least one, got {probability.Count} for {truth.Count}.", nameof(probability));
        }

        double right = 0, loss = 0, brier = 0;
        for (var row = 0; row < truth.Count; row++)
        {
            var p = Math.Clamp(probability[row], 1e-12, 1 - 1e-12);
            right += (probability[row] >= 0.5) == truth[row] ? 1 : 0;
            loss -= Math.Log(truth[row] ? p : 1 - p);
            brier += Math.Pow((truth[row] ? 1 : 0) - probability[row], 2);
        }

        return new ClassificationMetrics(truth.Count, right / truth.Count, loss / truth.Count, brier / truth.Count, AreaUnderCurve(truth, probability));
    }

    private static double? AreaUnderCurve(IReadOnlyList<bool> truth, IReadOnlyList<double> probability)
    {
        var order = Enumerable.Range(0, truth.Count).OrderBy(row => probability[row]).ToArray();
        long positives = truth.Count(value => value), negatives = truth.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            return null;
        }

        // Mann-Whitney U from mid-ranks.
        double rankSum = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && probability[order[end]] == probability[order[start]])
            {
                end++;
            }

            var rank = (start + 1 + end) / 2.0;
            rankSum += rank * order[start..end].Count(row => truth[row]);
            start = end;
        }

        return (rankSum - (positives * (positives + 1) / 2.0)) / (positives * (double)negatives);
    }
}
