using System.Text.RegularExpressions;

namespace Headroom.Agent.Workloads;

/// <summary>A regular expression of the settings. Evaluation is bounded in time: an unlucky expression must not stop the agent.</summary>
internal static class WorkloadExpression
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    public static Regex Create(string expression) => new(expression, RegexOptions.CultureInvariant, Longest);

    /// <summary>What is wrong with an expression, or null.</summary>
    public static string? Mistake(string expression)
    {
        try
        {
            _ = Create(expression);
            return null;
        }
        catch (ArgumentException mistake)
        {
            return mistake.Message;
        }
    }

    /// <summary>The match, or null when there is none or the time is over.</summary>
    public static Match? Find(Regex expression, string text)
    {
        try
        {
            return expression.Match(text) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
