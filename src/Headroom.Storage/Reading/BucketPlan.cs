namespace Headroom.Storage.Reading;

/// <summary>How a range is cut into buckets, and from which table they are filled.</summary>
internal sealed record BucketPlan(DateTimeOffset From, TimeSpan Bucket, int Count, Resolution Resolution)
{
    public DateTimeOffset To => From + (Count * Bucket);

    /// <summary>
    /// The shortest bucket that keeps to the width asked for. It is a whole multiple of the table's own bucket, from the coarsest
    /// table that is still fine enough.
    /// </summary>
    public static BucketPlan For(DateTimeOffset from, DateTimeOffset to, int maxPoints)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling((to - from).TotalSeconds / maxPoints));
        var resolution = Resolution.All.First(candidate => candidate.Seconds <= wanted);
        for (var seconds = RoundUp(wanted, resolution.Seconds); ; seconds += resolution.Seconds)
        {
            var bucket = TimeSpan.FromSeconds(seconds);
            var start = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % bucket.Ticks), TimeSpan.Zero);
            var count = (int)((to.UtcTicks - start.UtcTicks + bucket.Ticks - 1) / bucket.Ticks);
            // Aligning the start may have added one bucket.
            if (count <= maxPoints)
            {
                return new BucketPlan(start, bucket, count, resolution);
            }
        }
    }

    private static long RoundUp(long value, long step) => (value + step - 1) / step * step;
}
