namespace Headroom.Oversubscription.Peaks;

/// <summary>
/// A histogram whose samples lose half their weight every half-life, with buckets that grow by a fixed factor: what the Kubernetes
/// vertical autoscaler and Koordinator keep per container (first bucket 0.01, factor 1.05).
/// </summary>
/// <param name="halfLifeWindows">Windows after which a sample counts half.</param>
internal sealed class DecayingHistogram(double halfLifeWindows)
{
    private const double FirstBucket = 0.01;
    private const double Growth = 1.05;
    private const int Buckets = 300;
    private const double LargestWeight = 1e100;

    private readonly double[] _weights = new double[Buckets];
    private readonly double _growthPerWindow = Math.Pow(2, 1 / halfLifeWindows);
    private double _weight = 1;
    private double _total;

    public void Add(double value)
    {
        _weight *= _growthPerWindow;
        if (_weight > LargestWeight)
        {
            Shrink();
        }

        _weights[BucketOf(value)] += _weight;
        _total += _weight;
    }

    /// <summary>Upper end of the bucket below which the weight reaches the share <paramref name="level"/>; 0 while empty.</summary>
    public double At(double level)
    {
        if (_total == 0)
        {
            return 0;
        }

        var below = 0.0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            below += _weights[bucket];
            if (below >= level * _total)
            {
                return EndOf(bucket);
            }
        }

        return EndOf(Buckets - 1);
    }

    private static int BucketOf(double value) => value <= FirstBucket
        ? 0
        : Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log((value * (Growth - 1) / FirstBucket) + 1, Growth)) - 1);

    private static double EndOf(int bucket) => FirstBucket * (Math.Pow(Growth, bucket + 1) - 1) / (Growth - 1);

    private void Shrink()
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            _weights[bucket] /= _weight;
        }

        _total /= _weight;
        _weight = 1;
    }
}
