using System.Globalization;

namespace Headroom.Calibration.RunSets;

/// <summary>Something that ran beside the measured workload.</summary>
/// <param name="Application">Its name.</param>
/// <param name="Threads">Its load.</param>
/// <param name="PeriodSeconds">It worked and rested in turns of this length; null when it worked all the time.</param>
public sealed record Neighbour(string Application, int Threads, double? PeriodSeconds)
{
    /// <summary>For example <c>stream:2</c> or <c>stream:2@1.5</c> when it rests in between.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Application}:{Threads}{(PeriodSeconds is { } period ? $"@{period:0.##}" : "")}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Neighbour Parse(string text)
    {
        var (name, rest) = text.Split(':') is [var left, var right] ? (left, right) : throw new FormatException($"expected NAME:THREADS or NAME:THREADS@SECONDS, got '{text}'");
        var parts = rest.Split('@');
        return int.TryParse(parts[0], CultureInfo.InvariantCulture, out var threads)
            ? new Neighbour(name, threads, parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : null)
            : throw new FormatException($"expected a number of threads after ':', got '{text}'");
    }
}
