using System.Globalization;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>Whether advice was exceeded more often than its risk allows, beyond chance (one-sided binomial test).</summary>
public static class CoverageTest
{
    /// <summary>A sentence why advice must not be followed; null while it may.</summary>
    /// <param name="resource"><c>cpu</c> or <c>memory</c>.</param>
    /// <param name="windows">Windows judged.</param>
    /// <param name="violations">Windows that exceeded the advice.</param>
    /// <param name="risk">Share that may exceed it, 0 to 1.</param>
    /// <param name="chance">Probability below which chance is no explanation, 0 to 1.</param>
    public static string? Distrust(string resource, int windows, int violations, double risk, double chance) =>
        windows == 0 || !IsBroken(windows, (double)violations / windows, risk, chance)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The {resource} advice of this host was exceeded in {violations} of {windows} windows ({(double)violations / windows:P1}, {risk:P1} were accepted): until it holds again, what is promised counts as needed.");

    /// <summary>Whether a violation rate is above the risk, and chance does not explain it.</summary>
    public static bool IsBroken(long windows, double violationRate, double risk, double chance) =>
        violationRate > risk && AtLeast((int)windows, (int)Math.Round(violationRate * windows), risk) < chance;

    /// <summary>Probability of <paramref name="least"/> or more successes in <paramref name="trials"/> of probability <paramref name="probability"/>.</summary>
    public static double AtLeast(int trials, int least, double probability)
    {
        // P(X = 0), then each term from the one before; logarithms, since the first may be tiny.
        var (logTerm, below) = (trials * Math.Log(1 - probability), 0.0);
        for (var successes = 0; successes < least; successes++)
        {
            below += Math.Exp(logTerm);
            logTerm += Math.Log((trials - successes) * probability / ((successes + 1) * (1 - probability)));
        }

        return Math.Max(0, 1 - below);
    }
}
