using System.Globalization;

namespace Headroom.Agent.Files;

/// <summary>Lists of numbers as the kernel writes them, for example <c>0-3,8,10-11</c>.</summary>
internal static class NumberList
{
    /// <summary>The numbers of the list; a part that is no number or range is left out.</summary>
    public static IEnumerable<int> Parse(string text)
    {
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
            {
                continue;
            }

            for (var number = first; number <= last; number++)
            {
                yield return number;
            }
        }
    }
}
