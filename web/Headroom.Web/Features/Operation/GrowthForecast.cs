using Headroom.Learning.Statistics;

namespace Headroom.Web.Features.Operation;

/// <summary>When a disk is full at the pace of the last while: a straight line through what was seen, by least squares.</summary>
internal static class GrowthForecast
{
    /// <summary>Shorter than this, the pace says nothing.</summary>
    public static readonly TimeSpan ShortestWatch = TimeSpan.FromMinutes(10);

    /// <summary>Further than this, the answer is "not soon".</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(3650);

    /// <summary>Bytes per second; null while it has been watched for less than <see cref="ShortestWatch"/>.</summary>
    public static double? BytesPerSecond(IReadOnlyList<(DateTimeOffset At, long Bytes)> seen) =>
        seen.Count < 2 || seen[^1].At - seen[0].At < ShortestWatch ? null : StraightLine.Slope([.. seen.Select(point => (point.At, (double)point.Bytes))]);

    /// <summary>When <paramref name="freeBytes"/> are used up; null when it does not grow, or not within ten years.</summary>
    public static DateTimeOffset? FullAt(DateTimeOffset now, long freeBytes, double bytesPerSecond) =>
        bytesPerSecond > 0 && freeBytes / bytesPerSecond < Horizon.TotalSeconds ? now.AddSeconds(freeBytes / bytesPerSecond) : null;
}
