namespace Headroom.Learning.Drift;

/// <summary>
/// Money of a gambler who bets that what is watched got worse, and who starts anew with 1 whenever less is left (an e-detector: Shin, Ramdas and Rinaldo 2022).
/// While nothing changes, it reaches 1 / r at most once in 1 / r bets on average.
/// </summary>
public sealed class BettingMartingale
{
    /// <summary>The gambler's money.</summary>
    public double Value { get; private set; } = 1;

    /// <summary>When the gambler last started anew: since when things have been getting worse, if they have.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>One bet.</summary>
    /// <param name="factor">What 1 becomes; its mean is at most 1 while nothing changes.</param>
    /// <param name="at">When.</param>
    public void Bet(double factor, DateTimeOffset at)
    {
        if (Value <= 1)
        {
            (Value, Since) = (1, at);
        }

        // Neither ruin nor overflow stops the game.
        Value = Math.Clamp(Value * factor, 1e-300, 1e300);
    }

    /// <summary>A bet on a p-value being too small: the mean of several powers epsilon p^(epsilon - 1) (Vovk et al. 2003).</summary>
    public static double OnSmall(double p) => Powers.Average(power => power * Math.Pow(Math.Max(p, 1e-12), power - 1));

    private static readonly double[] Powers = [0.1, 0.3, 0.5];
}
