namespace Headroom.Learning.Conformal;

/// <summary>
/// Adaptive conformal inference (Gibbs and Candes, arXiv 2106.00170) over a rolling window of scores: after each outcome
/// alpha moves by gamma (alpha_target - missed), so that the long-run coverage holds under drift. One instance follows one series; not thread-safe.
/// </summary>
/// <param name="level">Wanted coverage, 0 to 1.</param>
/// <param name="gamma">Step of adaptation.</param>
/// <param name="window">Scores remembered.</param>
public sealed class AdaptiveConformal(double level, double gamma = 0.02, int window = 500)
{
    private readonly Queue<double> _arrivals = new();
    private readonly List<double> _sorted = [];
    private readonly Queue<bool> _covered = new();
    private double _alpha = 1 - level;

    /// <summary>Wanted coverage, 0 to 1.</summary>
    public double Level => level;

    /// <summary>The miss rate aimed at just now.</summary>
    public double Alpha => _alpha;

    /// <summary>Scores in the window.</summary>
    public int CalibrationCount => _sorted.Count;

    /// <summary>Share of the window's outcomes that were covered; null before the first.</summary>
    public double? RecentCoverage => _covered.Count == 0 ? null : _covered.Count(hit => hit) / (double)_covered.Count;

    /// <summary>Half-width in units of the score; infinite while nothing can be promised, negative infinity where alpha asks for an empty set.</summary>
    public double Quantile()
    {
        if (_alpha >= 1)
        {
            return double.NegativeInfinity;
        }

        var rank = (int)Math.Ceiling((_sorted.Count + 1) * (1 - _alpha));
        return rank > _sorted.Count ? double.PositiveInfinity : _sorted[Math.Max(rank, 1) - 1];
    }

    public Interval Around(double predicted, double scale = 1)
    {
        var halfWidth = Math.Max(Quantile(), 0) * scale;
        return new Interval(predicted - halfWidth, predicted + halfWidth);
    }

    /// <summary>Learns from an outcome: its score |y - f| / scale. Returns whether the interval given before it was wide enough.</summary>
    public bool Observe(double score)
    {
        if (!double.IsFinite(score))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "Expected a finite score.");
        }

        var covered = score <= Quantile();
        _alpha += gamma * (1 - level - (covered ? 0 : 1));
        Remember(score);
        _covered.Enqueue(covered);
        if (_covered.Count > window)
        {
            _covered.Dequeue();
        }

        return covered;
    }

    /// <summary>Fills the window with an outcome of the past without adapting.</summary>
    public void Remember(double score)
    {
        Insert(score);
        _arrivals.Enqueue(score);
        if (_arrivals.Count > window)
        {
            _sorted.RemoveAt(_sorted.BinarySearch(_arrivals.Dequeue()));
        }
    }

    private void Insert(double score)
    {
        var place = _sorted.BinarySearch(score);
        _sorted.Insert(place < 0 ? ~place : place, score);
    }
}
