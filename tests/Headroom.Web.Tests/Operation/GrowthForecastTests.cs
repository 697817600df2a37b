using Headroom.Web.Features.Operation;

namespace Headroom.Web.Tests.Operation;

public sealed class GrowthForecastTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_steady_growth_is_found_and_followed_to_the_full_disk()
    {
        var seen = Enumerable.Range(0, 60).Select(half => (Noon.AddSeconds(30 * half), 1_000_000L + (3_000 * half))).ToList();
        var pace = GrowthForecast.BytesPerSecond(seen);

        Assert.Equal(100, pace!.Value, 6);
        Assert.Equal(Noon.AddSeconds(50), GrowthForecast.FullAt(Noon, 5_000, pace.Value));
    }

    [Fact]
    public void Nothing_is_said_before_ten_minutes_and_a_shrinking_database_is_never_full()
    {
        Assert.Null(GrowthForecast.BytesPerSecond([(Noon, 1), (Noon.AddMinutes(9), 2)]));
        Assert.Null(GrowthForecast.FullAt(Noon, 5_000, -1));
        Assert.Null(GrowthForecast.FullAt(Noon, long.MaxValue, 1));
    }
}
