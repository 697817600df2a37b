using Headroom.Agent.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace Headroom.Agent.Tests.Sampling;

public sealed class TickerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, 250, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task Ticks_fall_on_whole_seconds()
    {
        var ticker = new Ticker(_clock, Second);
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(Start.AddMilliseconds(-250).AddSeconds(i), await NextAsync(ticker));
        }

        Assert.Equal(0, ticker.SkippedCount);
    }

    [Fact]
    public async Task Work_between_ticks_makes_no_drift()
    {
        var ticker = new Ticker(_clock, Second);
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(Start.AddMilliseconds(-250).AddSeconds(i), await NextAsync(ticker));
            _clock.Advance(TimeSpan.FromMilliseconds(37 * i % 900));
        }
    }

    [Fact]
    public async Task After_a_suspend_there_is_one_tick_and_no_burst()
    {
        var ticker = new Ticker(_clock, Second);
        await NextAsync(ticker);
        _clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromMilliseconds(300));

        var late = await NextAsync(ticker);
        var next = await NextAsync(ticker);

        Assert.Equal(Second, next - late);
        Assert.Equal((3 * 3600) - 1, ticker.SkippedCount);
    }

    [Fact]
    public async Task After_the_clock_was_set_back_ticks_go_on_with_the_new_time()
    {
        var clock = new SteppingClock(Start);
        var ticker = new Ticker(clock, Second);
        Assert.Equal(Start.AddMilliseconds(750), await NextAsync(ticker, clock));

        clock.Step(TimeSpan.FromMinutes(-5));

        var first = await NextAsync(ticker, clock);
        Assert.Equal(Start.AddMilliseconds(1750).AddMinutes(-5), first);
        Assert.Equal(first + Second, await NextAsync(ticker, clock));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using var cancel = new CancellationTokenSource();
        var wait = new Ticker(_clock, Second).NextAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private Task<DateTimeOffset> NextAsync(Ticker ticker) => NextAsync(ticker, _clock);

    /// <summary>Moves the clock on until the ticker ticks.</summary>
    private static async Task<DateTimeOffset> NextAsync(Ticker ticker, FakeTimeProvider clock)
    {
        var next = ticker.NextAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 300 && !next.IsCompleted; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        return await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    /// <summary>A clock whose wall time can be set back while its timers go on.</summary>
    private sealed class SteppingClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private TimeSpan _offset;

        public void Step(TimeSpan by) => _offset += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _offset;
    }
}
