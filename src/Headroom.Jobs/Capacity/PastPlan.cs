namespace Headroom.Jobs.Capacity;

/// <summary>Into which windows a host's past is cut.</summary>
/// <param name="From">Start of the first window, UTC.</param>
/// <param name="Step">Length of a window.</param>
/// <param name="Windows">How many.</param>
public sealed record PastPlan(DateTimeOffset From, TimeSpan Step, int Windows)
{
    /// <summary>Windows that a past should have before longer ones are taken.</summary>
    private const int Wanted = 288;

    // The lengths at which the store keeps roll-ups, or whole multiples of them.
    private static readonly int[] StepSeconds = [300, 60, 30, 10];

    /// <summary>The longest window.</summary>
    public static TimeSpan LongestStep { get; } = TimeSpan.FromSeconds(StepSeconds[0]);

    /// <summary>End of the last window.</summary>
    public DateTimeOffset To => From + (Windows * Step);

    /// <summary>The longest windows, up to five minutes, of which the past has at least 288; ten seconds for the shortest past.</summary>
    /// <returns>Null where the past is shorter than one window.</returns>
    public static PastPlan? For(DateTimeOffset firstSeen, DateTimeOffset now, TimeSpan history)
    {
        var from = firstSeen > now - history ? firstSeen : now - history;
        var seconds = StepSeconds.FirstOrDefault(candidate => (now - from).TotalSeconds >= candidate * Wanted, StepSeconds[^1]);
        return Cut(from, now, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The whole windows of a given length within [from, to), aligned to multiples of it.</summary>
    public static PastPlan? Cut(DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        var first = (from.UtcTicks + step.Ticks - 1) / step.Ticks;
        var windows = (int)((to.UtcTicks / step.Ticks) - first);
        return windows < 1 ? null : new PastPlan(new DateTimeOffset(first * step.Ticks, TimeSpan.Zero), step, windows);
    }
}
