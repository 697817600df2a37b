using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Tests.Series;

public sealed class CombinationTests
{
    [Fact]
    public void A_sum_grows_with_each_series_that_arrives_and_a_repeat_does_not_count_twice()
    {
        var sum = new Combination(Combine.Sum, 1);
        var (first, second) = (sum.AddSlot(1, false), sum.AddSlot(-1, false));
        Assert.Equal(10, sum.Put(first, 5, 10));
        Assert.Equal(7, sum.Put(second, 5, 3));
        Assert.Equal(7, sum.Put(first, 5, 10));
    }

    [Fact]
    public void A_ratio_waits_for_both_parts_and_has_no_value_over_zero()
    {
        var ratio = new Combination(Combine.Ratio, 2);
        var (above, below) = (ratio.AddSlot(1, false), ratio.AddSlot(1, true));
        Assert.Null(ratio.Put(above, 1, 6));
        Assert.Equal(3, ratio.Put(below, 1, 2));
        Assert.Null(ratio.Put(below, 1, 0));
    }

    [Fact]
    public void Mean_and_max_look_at_the_series_that_came()
    {
        var mean = new Combination(Combine.Mean, 1);
        var max = new Combination(Combine.Max, 1);
        foreach (var (value, expectedMean, expectedMax) in new[] { (2.0, 2.0, 2.0), (6.0, 4.0, 6.0), (1.0, 3.0, 6.0) })
        {
            Assert.Equal(expectedMean, mean.Put(mean.AddSlot(1, false), 1, value));
            Assert.Equal(expectedMax, max.Put(max.AddSlot(1, false), 1, value));
        }
    }

    [Fact]
    public void Seconds_are_kept_apart_and_late_series_still_find_theirs()
    {
        var sum = new Combination(Combine.Sum, 1);
        var (first, second) = (sum.AddSlot(1, false), sum.AddSlot(1, false));
        for (var at = 0; at < 10; at++)
        {
            Assert.Equal(1, sum.Put(first, at, 1));
        }

        Assert.Equal(3, sum.Put(second, 0, 2));
    }

    [Fact]
    public void A_sum_waits_for_the_series_it_had_a_second_ago()
    {
        var sum = new Combination(Combine.Sum, 1);
        var (first, second) = (sum.AddSlot(1, false), sum.AddSlot(1, false));
        sum.Put(first, 1, 10);
        sum.Put(second, 1, 5);
        Assert.Null(sum.Put(first, 2, 10));
        Assert.Equal(15, sum.Put(second, 2, 5));
    }

    [Fact]
    public void A_series_that_is_gone_costs_one_second_and_no_more()
    {
        var sum = new Combination(Combine.Sum, 1);
        var (first, second) = (sum.AddSlot(1, false), sum.AddSlot(1, false));
        sum.Put(first, 1, 10);
        sum.Put(second, 1, 5);
        Assert.Null(sum.Put(first, 2, 10));
        Assert.Equal(10, sum.Put(first, 3, 10));
    }

    [Fact]
    public void A_second_that_is_closed_takes_nothing_more()
    {
        var sum = new Combination(Combine.Sum, 1);
        var slot = sum.AddSlot(1, false);
        for (var at = 100; at < 200; at++)
        {
            sum.Put(slot, at, 1);
        }

        Assert.Null(sum.Put(slot, 50, 1));
    }
}
