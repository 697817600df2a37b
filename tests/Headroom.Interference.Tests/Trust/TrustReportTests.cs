using Headroom.Interference.Trust;

namespace Headroom.Interference.Tests.Trust;

public sealed class TrustReportTests
{
    [Fact]
    public void Coverage_error_and_width_are_those_of_the_last_labels()
    {
        var labels = Enumerable.Range(0, 40).Select(index => new LateLabel(DateTimeOffset.UnixEpoch.AddMinutes(index), index < 20 ? 0.9 : 0.3, 0.8, 0.7, 1)).ToArray();

        var report = TrustReport.Of(labels, window: 20)!;

        Assert.Equal((40, 0.5), (report.Whole.Labels, report.Whole.Coverage));
        Assert.Equal(0.3, report.Whole.Mae, 9);
        Assert.Equal(31, report.Rolling.Count);
        Assert.Equal((1.0, 10), (report.Rolling[0].Coverage, report.Rolling[0].Labels));
        Assert.Equal((0.0, 20), (report.Rolling[^1].Coverage, report.Rolling[^1].Labels));
        Assert.Equal(0.3, report.Rolling[^1].Width, 9);
    }

    [Fact]
    public void Few_labels_give_no_rolling_point_and_none_gives_no_report()
    {
        Assert.Empty(TrustReport.Of([new LateLabel(DateTimeOffset.UnixEpoch, 1, 1, 0, 1)])!.Rolling);
        Assert.Null(TrustReport.Of([]));
    }
}
