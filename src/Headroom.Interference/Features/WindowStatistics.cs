namespace Headroom.Interference.Features;

/// <summary>What one metric did over a window; NaN throughout where it never reported.</summary>
/// <param name="Mean">Mean over the steps.</param>
/// <param name="Deviation">Standard deviation over the steps.</param>
/// <param name="P95">95th percentile, linear between ranks.</param>
public readonly record struct WindowStatistics(double Mean, double Deviation, double P95)
{
    /// <param name="frames">Steps x metrics.</param>
    /// <param name="metric">Which column.</param>
    public static WindowStatistics Of(float[][] frames, int metric)
    {
        var values = new double[frames.Length];
        var count = 0;
        foreach (var frame in frames)
        {
            if (float.IsFinite(frame[metric]))
            {
                values[count++] = frame[metric];
            }
        }

        if (count == 0)
        {
            return new WindowStatistics(double.NaN, double.NaN, double.NaN);
        }

        var present = values.AsSpan(0, count);
        present.Sort();
        double sum = 0;
        foreach (var value in present)
        {
            sum += value;
        }

        var mean = sum / count;
        double squares = 0;
        foreach (var value in present)
        {
            squares += (value - mean) * (value - mean);
        }

        return new WindowStatistics(mean, Math.Sqrt(squares / count), Percentile(present, 0.95));
    }

    private static double Percentile(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
