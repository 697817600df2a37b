using System.Globalization;
using Headroom.Web.Api;

namespace Headroom.Web.Charts;

/// <summary>
/// What a page of charts looks at, as it stands in the address: <c>range=15m</c> follows the present; <c>at</c> (Unix ms) pauses such a
/// range at an instant; <c>from</c> and <c>to</c> (Unix ms) fix it; <c>compare=previous</c> adds the period before.
/// </summary>
/// <param name="Window">Length of a range that ends at the present or at <paramref name="PausedAt"/>; null when it is fixed.</param>
/// <param name="PausedAt">End of a paused range.</param>
/// <param name="From">Start of a fixed range.</param>
/// <param name="To">End of a fixed range.</param>
/// <param name="Compare">Whether the period before is shown too.</param>
public sealed record TimeView(TimeSpan? Window, DateTimeOffset? PausedAt, DateTimeOffset? From, DateTimeOffset? To, bool Compare)
{
    /// <summary>The last fifteen minutes, live.</summary>
    public static TimeView Default { get; } = new(TimeSpan.FromMinutes(15), null, null, null, false);

    /// <summary>Whether new samples move the range along.</summary>
    public bool IsLive => Window is not null && PausedAt is null;

    /// <summary>Start and end at a given present.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Range(DateTimeOffset now) =>
        Window is { } window ? ((PausedAt ?? now) - window, PausedAt ?? now) : (From!.Value, To!.Value);

    /// <summary>Reads the address; what does not make sense falls back to the default, so that an old link still opens.</summary>
    public static TimeView Parse(string? range, long? at, long? from, long? to, string? compare)
    {
        var withPrevious = compare == "previous";
        if (from is { } start && to is { } end && Instants.IsInstant(start) && Instants.IsInstant(end) && end > start)
        {
            return new TimeView(null, null, DateTimeOffset.FromUnixTimeMilliseconds(start), DateTimeOffset.FromUnixTimeMilliseconds(end), withPrevious);
        }

        var paused = at is { } instant && Instants.IsInstant(instant) ? DateTimeOffset.FromUnixTimeMilliseconds(instant) : (DateTimeOffset?)null;
        return new TimeView(ParseWindow(range) ?? Default.Window, paused, null, null, withPrevious);
    }

    /// <summary>The same view as parameters of an address; null removes one.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["range"] = Window is { } window ? Format(window) : null,
        ["at"] = PausedAt?.ToUnixTimeMilliseconds(),
        ["from"] = From?.ToUnixTimeMilliseconds(),
        ["to"] = To?.ToUnixTimeMilliseconds(),
        ["compare"] = Compare ? "previous" : null,
    };

    /// <summary>A length as it stands in the address: <c>90s</c>, <c>15m</c>, <c>6h</c>, <c>7d</c>.</summary>
    public static string Format(TimeSpan window) => window switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => string.Create(CultureInfo.InvariantCulture, $"{window.TotalDays}d"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{window.TotalHours}h"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"{window.TotalMinutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)window.TotalSeconds}s"),
    };

    /// <summary>The opposite of <see cref="Format"/>; null when the text is no length between ten seconds and two years.</summary>
    public static TimeSpan? ParseWindow(string? text)
    {
        if (string.IsNullOrEmpty(text) || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 } * count;
        return seconds is >= 10 and <= 2 * 365 * 86400L ? TimeSpan.FromSeconds(seconds) : null;
    }

    internal object ForBrowser() => new
    {
        live = IsLive,
        windowMs = Window?.TotalMilliseconds,
        from = IsLive ? null : (long?)Range(default).From.ToUnixTimeMilliseconds(),
        to = IsLive ? null : (long?)Range(default).To.ToUnixTimeMilliseconds(),
        compare = Compare,
    };
}
