using System.Diagnostics.CodeAnalysis;

namespace Headroom.Web.Api;

/// <summary>One of a few words, as it stands in an address.</summary>
internal static class ChoiceOf<T>
    where T : struct, Enum
{
    /// <summary>Reads a word, large or small; none is no choice. The problem names the words that are expected.</summary>
    public static bool TryRead(string field, string? word, out T? choice, [NotNullWhen(false)] out string? problem)
    {
        (choice, problem) = (null, null);
        if (word is null)
        {
            return true;
        }

        if (Enum.TryParse<T>(word, ignoreCase: true, out var known) && Enum.IsDefined(known))
        {
            choice = known;
            return true;
        }

        problem = $"{field}: expected one of {string.Join(", ", Enum.GetNames<T>())}, got '{word}'.";
        return false;
    }
}
