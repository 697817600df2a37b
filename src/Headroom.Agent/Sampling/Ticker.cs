namespace Headroom.Agent.Sampling;

/// <summary>
/// Ticks on whole multiples of an interval of the wall clock, without drift. Ticks that were slept through (a suspend, a stall,
/// a clock set forward) are skipped, never made up for in a burst; after a clock set backward it goes on with the new time.
/// </summary>
internal sealed class Ticker(TimeProvider clock, TimeSpan interval)
{
    private DateTimeOffset? _due;

    /// <summary>Ticks that were skipped because the machine or the agent was not there in time.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>Waits for the next tick and returns its time, a whole multiple of the interval.</summary>
    public async Task<DateTimeOffset> NextAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = _due ?? Floor(now) + interval;
        while (now < due)
        {
            if (due - now > interval)
            {
                due = Floor(now) + interval;
            }

            // Timers count whole milliseconds: a wait of less would return at once, again and again.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - now).TotalMilliseconds));
            await Task.Delay(wait, clock, cancellationToken);
            now = clock.GetUtcNow();
        }

        var tick = Floor(now);
        SkippedCount += (tick - due).Ticks / interval.Ticks;
        _due = tick + interval;
        return tick;
    }

    private DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % interval.Ticks), TimeSpan.Zero);
}
