using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Headroom.Web.Api;

/// <summary>Ranges of time as they stand in an address: Unix milliseconds, the start inclusive, the end exclusive.</summary>
internal static class Instants
{
    private const long Latest = 4_102_444_800_000;

    /// <summary>Whether a number of an address is a time.</summary>
    public static bool IsInstant(long unixMilliseconds) => unixMilliseconds is >= 0 and <= Latest;

    /// <summary>The time that an address names, the nearest one that there is; null when it names none.</summary>
    public static DateTimeOffset? Clamped(long? unixMilliseconds) =>
        unixMilliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(at, 0, Latest)) : null;

    public static bool TryRange(long from, long to, out DateTimeOffset start, out DateTimeOffset end, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (start, end, problem) = (default, default, null);
        if (from < 0 || to > Latest || to <= from)
        {
            problem = Problems.Invalid("invalid-range", $"from, to: expected Unix milliseconds with 0 <= from < to <= {Latest}, got from={from}, to={to}.");
            return false;
        }

        (start, end) = (DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to));
        return true;
    }
}
