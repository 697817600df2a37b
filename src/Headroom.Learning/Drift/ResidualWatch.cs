namespace Headroom.Learning.Drift;

/// <summary>
/// Watches mean absolute errors, window by window: each is ranked among all before it, which makes exact p-values while windows are exchangeable, and the
/// martingale bets on them being too small.
/// </summary>
/// <param name="seed">Decides between equal errors.</param>
public sealed class ResidualWatch(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<double> _seen = [];

    /// <summary>The martingale.</summary>
    public BettingMartingale Martingale { get; } = new();

    /// <summary>A window's mean absolute error.</summary>
    public void Observe(double error, DateTimeOffset at)
    {
        var below = _seen.BinarySearch(error);
        below = below < 0 ? ~below : below;
        while (below > 0 && _seen[below - 1] == error)
        {
            below--;
        }

        var equal = _seen.Skip(below).TakeWhile(value => value == error).Count();
        var above = _seen.Count - below - equal;
        var p = (above + (_random.NextDouble() * (equal + 1))) / (_seen.Count + 1);
        _seen.Insert(below, error);
        Martingale.Bet(BettingMartingale.OnSmall(p), at);
    }
}
