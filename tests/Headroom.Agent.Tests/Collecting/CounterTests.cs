using FsCheck;
using FsCheck.Fluent;
using Headroom.Agent.Collecting;

namespace Headroom.Agent.Tests.Collecting;

public sealed class CounterTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void The_first_reading_has_no_rate()
    {
        var counter = default(Counter);
        Assert.Null(counter.PerSecond(100, Second));
        Assert.Equal(25, counter.PerSecond(150, 3 * Second));
    }

    [Fact]
    public void A_reset_has_no_rate_and_the_next_reading_has_one_again()
    {
        var counter = default(Counter);
        counter.PerSecond(ulong.MaxValue, Second);
        Assert.Null(counter.PerSecond(10, 2 * Second));
        Assert.Equal(5, counter.PerSecond(15, 3 * Second));
    }

    [Fact]
    public void Without_time_between_there_is_no_rate()
    {
        var counter = default(Counter);
        counter.PerSecond(1, Second);
        Assert.Null(counter.PerSecond(2, Second));
    }

    [Fact]
    public void A_rate_over_more_than_ten_seconds_is_missing()
    {
        var counter = default(Counter);
        counter.PerSecond(1, Second);
        Assert.Null(counter.PerSecond(2, 12 * Second));
    }

    [Fact]
    public void No_history_of_readings_gives_a_negative_rate() => Prop
        .ForAll<(ulong Value, long Time)[]>(readings =>
        {
            var counter = default(Counter);
            return Array.TrueForAll(readings, reading => (counter.PerSecond(reading.Value, reading.Time) ?? 0) >= 0);
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Increases_of_a_growing_counter_add_up_to_what_it_grew() => Prop
        .ForAll<ushort[]>(steps =>
        {
            var counter = default(Counter);
            var (value, time, sum) = (0UL, 0L, 0.0);
            counter.Increase(value, time);
            foreach (var step in steps)
            {
                value += step;
                time += Second;
                sum += counter.Increase(value, time)!.Value;
            }

            return sum == value;
        })
        .QuickCheckThrowOnFailure();
}
