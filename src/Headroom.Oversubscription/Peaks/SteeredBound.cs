namespace Headroom.Oversubscription.Peaks;

/// <summary>
/// How far above its forecast an advice must lie, in units of the score (use - forecast) / scale: the conformal quantile of recent
/// scores, plus an integral term that pays back what was missed too often or too seldom (conformal PI control, Angelopoulos, Candes
/// and Tibshirani, arXiv 2307.16895). The integral keeps the long-run miss rate at the risk under drift.
/// </summary>
/// <param name="risk">Share of windows that may be missed, 0 to 1.</param>
/// <param name="memory">Scores remembered.</param>
internal sealed class SteeredBound(double risk, int memory)
{
    /// <summary>Score units, in spreads of the upper tail, per whole advice missed beyond the risk.</summary>
    private const double Gain = 4;

    private readonly RollingQuantile _scores = new(memory);
    private double _debt;

    /// <summary>The distance just now.</summary>
    public double Distance()
    {
        // Split conformal's finite-sample level.
        var level = Math.Min(1, (1 - risk) * (1 + (1.0 / Math.Max(1, _scores.Count))));
        var quantile = _scores.At(level);
        var tail = Math.Max(quantile - _scores.At(1 - (10 * risk)), 1e-3);
        return quantile + (Gain * tail * _debt);
    }

    /// <summary>Fills the memory with a score of the past.</summary>
    public void Remember(double score) => _scores.Add((float)score);

    /// <summary>Learns what share of an advice's windows was missed.</summary>
    public void Settle(double missedShare) => _debt += missedShare - risk;
}
