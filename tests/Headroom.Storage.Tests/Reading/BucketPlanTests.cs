using Headroom.Storage.Reading;

namespace Headroom.Storage.Tests.Reading;

public sealed class BucketPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(300, 1_500, 1, "1s")]
    [InlineData(3_600, 1_500, 3, "1s")]
    [InlineData(3_600, 100, 40, "10s")]
    [InlineData(86_400, 1_500, 60, "1m")]
    [InlineData(7 * 86_400, 1_000, 660, "1m")]
    [InlineData(30 * 86_400, 720, 3_600, "1h")]
    public void A_range_is_filled_from_the_coarsest_table_that_divides_its_buckets(int seconds, int points, int bucketSeconds, string table)
    {
        var plan = BucketPlan.For(Start, Start.AddSeconds(seconds), points);
        Assert.Equal((TimeSpan.FromSeconds(bucketSeconds), table), (plan.Bucket, plan.Resolution.Name));
        Assert.InRange(plan.Count, 1, points);
    }
}
