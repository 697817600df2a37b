namespace Headroom.Learning.Drift;

/// <summary>Watches whether truths lie in their intervals; bets that more are missed than promised and tolerated.</summary>
/// <param name="level">Wanted coverage, 0 to 1.</param>
/// <param name="tolerance">Coverage that may be lost, 0 to 1.</param>
public sealed class CoverageWatch(double level, double tolerance)
{
    /// <summary>How much of the money is at stake; between the best stakes against slightly and against fully lost coverage.</summary>
    private const double Stake = 1.5;

    private readonly double _missRate = Math.Min(0.5, 1 - level + tolerance);

    /// <summary>The martingale.</summary>
    public BettingMartingale Martingale { get; } = new();

    /// <summary>A window.</summary>
    /// <param name="covered">One entry per truth: it lay in its interval.</param>
    /// <param name="at">When.</param>
    public void Observe(IEnumerable<bool> covered, DateTimeOffset at) =>
        Martingale.Bet(Math.Exp(covered.Sum(hit => Math.Log(1 + (Stake * ((hit ? 0 : 1) - _missRate))))), at);
}
