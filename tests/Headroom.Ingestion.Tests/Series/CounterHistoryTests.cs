using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Tests.Series;

public sealed class CounterHistoryTests
{
    private static readonly TimeSpan MaxGap = TimeSpan.FromMinutes(5);
    private readonly CounterHistory _history = new();

    [Fact]
    public void A_first_point_has_no_rate() => Assert.Null(Rate(1_000, 5));

    [Fact]
    public void The_rate_is_the_increase_per_second()
    {
        Rate(1_000, 5);
        Assert.Equal(2.5, Rate(3_000, 10));
    }

    [Fact]
    public void A_reset_gives_no_value_and_the_next_point_counts_from_there()
    {
        Rate(1_000, 100);
        Assert.Null(Rate(2_000, 3));
        Assert.Equal(4, Rate(3_000, 7));
    }

    [Fact]
    public void A_reset_is_seen_by_its_start_even_when_the_total_grew()
    {
        Rate(1_000, 100);
        Assert.Null(_history.RateAt(3_000, 150, startMilliseconds: 2_000, MaxGap));
    }

    [Fact]
    public void A_repeated_point_gives_the_same_rate_again()
    {
        Rate(1_000, 0);
        Rate(2_000, 10);
        Rate(3_000, 30);
        Assert.Equal(10, Rate(2_000, 10));
        Assert.Equal(20, Rate(3_000, 30));
    }

    [Fact]
    public void A_late_point_is_set_against_the_one_before_it()
    {
        Rate(1_000, 0);
        Rate(3_000, 30);
        Assert.Equal(10, Rate(2_000, 10));
    }

    [Fact]
    public void A_point_older_than_all_that_is_known_has_no_rate()
    {
        for (var i = 0; i < 20; i++)
        {
            Rate(10_000 + (i * 1_000), i);
        }

        Assert.Null(Rate(1_000, 0));
        Assert.Equal(1, Rate(30_000, 20));
    }

    [Fact]
    public void A_gap_longer_than_allowed_gives_no_rate()
    {
        Rate(0, 0);
        Assert.Null(Rate((long)MaxGap.TotalMilliseconds + 1, 10));
    }

    private double? Rate(long milliseconds, double total) => _history.RateAt(milliseconds, total, 0, MaxGap);
}
