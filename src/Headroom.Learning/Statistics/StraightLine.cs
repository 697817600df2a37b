namespace Headroom.Learning.Statistics;

/// <summary>A straight line through points in time, by least squares.</summary>
public static class StraightLine
{
    /// <summary>How much the value changes a second; null for fewer than two different times.</summary>
    public static double? Slope(IReadOnlyList<(DateTimeOffset At, double Value)> points)
    {
        if (points.Count < 2)
        {
            return null;
        }

        var seconds = points.Select(point => (point.At - points[0].At).TotalSeconds).ToArray();
        var (meanTime, meanValue) = (seconds.Average(), points.Average(point => point.Value));
        var spread = seconds.Sum(second => (second - meanTime) * (second - meanTime));
        return spread > 0 ? points.Select((point, i) => (seconds[i] - meanTime) * (point.Value - meanValue)).Sum() / spread : null;
    }
}
