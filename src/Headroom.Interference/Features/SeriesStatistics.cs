namespace Headroom.Interference.Features;

/// <summary>The shape of one metric over a window, as columns: order statistics and the mean step between neighbours in time.</summary>
internal static class SeriesStatistics
{
    public static readonly IReadOnlyList<string> Names = ["p05", "p25", "p50", "p75", "max", "step"];

    /// <summary>Writes one value per name; NaN where the metric never reported.</summary>
    public static void Write(float[][] frames, int metric, Span<float> target)
    {
        var values = new float[frames.Length];
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
            target.Fill(float.NaN);
            return;
        }

        double steps = 0;
        for (var index = 1; index < count; index++)
        {
            steps += Math.Abs(values[index] - values[index - 1]);
        }

        var sorted = values.AsSpan(0, count);
        sorted.Sort();
        target[0] = sorted[(int)(0.05 * (count - 1))];
        target[1] = sorted[(int)(0.25 * (count - 1))];
        target[2] = sorted[(int)(0.5 * (count - 1))];
        target[3] = sorted[(int)(0.75 * (count - 1))];
        target[4] = sorted[^1];
        target[5] = (float)(steps / Math.Max(1, count - 1));
    }
}
