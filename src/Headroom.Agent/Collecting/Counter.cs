namespace Headroom.Agent.Collecting;

/// <summary>
/// A counter of the kernel or a device, remembered between ticks. Its increase is known from the second reading on; a counter
/// that went backwards (reset, wrap, device replaced) has no increase at that tick, and never a negative one.
/// </summary>
internal struct Counter
{
    /// <summary>A rate over a longer time says nothing about the second it is stored under.</summary>
    private const long LongestIntervalNanoseconds = 10_000_000_000;

    private ulong _previous;
    private long _previousNanoseconds;
    private bool _known;

    /// <summary>Takes a reading.</summary>
    /// <param name="value">The counter now.</param>
    /// <param name="nanoseconds">Monotonic time of the reading.</param>
    /// <param name="increase">Increase since the previous reading.</param>
    /// <param name="seconds">Time since the previous reading, always above 0.</param>
    /// <returns>False at the first reading, after a reset, when no time has passed or too much.</returns>
    public bool TryAdvance(ulong value, long nanoseconds, out ulong increase, out double seconds)
    {
        var elapsed = nanoseconds - _previousNanoseconds;
        var usable = _known && value >= _previous && elapsed is > 0 and <= LongestIntervalNanoseconds;
        increase = usable ? value - _previous : 0;
        seconds = usable ? elapsed / 1e9 : 0;
        (_previous, _previousNanoseconds, _known) = (value, nanoseconds, true);
        return usable;
    }

    /// <summary>Takes a reading; the increase per second, or null where <see cref="TryAdvance"/> would say false.</summary>
    public double? PerSecond(ulong value, long nanoseconds) =>
        TryAdvance(value, nanoseconds, out var increase, out var seconds) ? increase / seconds : null;

    /// <summary>Takes a reading; the increase, or null where <see cref="TryAdvance"/> would say false.</summary>
    public double? Increase(ulong value, long nanoseconds) =>
        TryAdvance(value, nanoseconds, out var increase, out _) ? increase : null;
}
