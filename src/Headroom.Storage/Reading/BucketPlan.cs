namespace Headroom.Storage.Reading;

/// <summary>How a range is cut into buckets, and from which table they are filled.</summary>
internal sealed record BucketPlan(DateTimeOffset From, TimeSpan Bucket, int Count, Resolution Resolution)
{
    public DateTimeOffset To => From + (Count * Bucket);

    /// <summary>
    /// The shortest bucket that keeps to the width asked for, a whole multiple of a table's own bucket. It is filled from the coarsest
    /// table that divides it: what a minute of six roll-ups tells, one of a minute tells as well.
    /// </summary>
    public static BucketPlan For(DateTimeOffset from, DateTimeOffset to, int maxPoints)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling((to - from).TotalSeconds / maxPoints));
        var step = Resolution.All.First(candidate => candidate.Seconds <= wanted).Seconds;
        for (var seconds = RoundUp(wanted, step); ; seconds += step)
        {
            var bucket = TimeSpan.FromSeconds(seconds);
            var start = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % bucket.Ticks), TimeSpan.Zero);
            var count = (int)((to.UtcTicks - start.UtcTicks + bucket.Ticks - 1) / bucket.Ticks);
            // Aligning the start may have added one bucket.
            if (count <= maxPoints)
            {
                return new BucketPlan(start, bucket, count, Resolution.All.First(candidate => seconds % candidate.Seconds == 0));
            }
        }
    }

    private static long RoundUp(long value, long step) => (value + step - 1) / step * step;
}
