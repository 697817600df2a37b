namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>How much of each member goes into a prediction; the shares add to one, what is left belongs to the rule.</summary>
/// <param name="Process">Share of the family's Gaussian process on the ratio to the rule.</param>
/// <param name="Overhead">Share of the family's Gaussian process on the difference from the rule, by all features.</param>
/// <param name="CoreOverhead">The same by the core features alone.</param>
/// <param name="Trees">Share of boosted trees.</param>
/// <param name="IsGated">Whether the zero-or-not classifier decides about zero.</param>
internal sealed record Mixture(double Process, double Overhead, double CoreOverhead, double Trees, bool IsGated)
{
    public static Mixture RuleOnly { get; } = new(0, 0, 0, 0, false);

    /// <summary>Where too few architectures were seen to choose by.</summary>
    public static Mixture ProcessOnly { get; } = new(1, 0, 0, 0, false);

    public double Rule => 1 - Process - Overhead - CoreOverhead - Trees;

    public bool IsRuleOnly => Process == 0 && Overhead == 0 && CoreOverhead == 0 && Trees == 0 && !IsGated;
}

/// <summary>What each member says about one row, as ln(1 + count), and the probability that the count is not zero.</summary>
internal readonly record struct Voices(double Rule, double Process, double Overhead, double CoreOverhead, double Trees, double Positive)
{
    /// <summary>How far the process and the trees are apart: far apart where training says little.</summary>
    public double Disagreement => Math.Abs(Process - Trees);

    public double Mix(Mixture mixture) =>
        (mixture.Rule * Rule) + (mixture.Process * Process) + (mixture.Overhead * Overhead) +
        (mixture.CoreOverhead * CoreOverhead) + (mixture.Trees * Trees);
}
