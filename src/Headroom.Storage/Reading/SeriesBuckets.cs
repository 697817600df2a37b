namespace Headroom.Storage.Reading;

/// <summary>Gathers the values of one metric into buckets: minimum, maximum, and mean or, for a state, the last value.</summary>
internal sealed class SeriesBuckets(BucketPlan plan, bool isState)
{
    private readonly float[] _min = new float[plan.Count];
    private readonly float[] _max = new float[plan.Count];
    private readonly double[] _sum = new double[plan.Count];
    private readonly long[] _count = new long[plan.Count];
    private readonly long[] _lastTicks = new long[plan.Count];

    /// <summary>Adds a value, or a roll-up of several; what lies outside the range is left out.</summary>
    /// <param name="utcTicks">Time of the value, or start of the roll-up.</param>
    /// <param name="mean">Mean of the roll-up; for a state its last value.</param>
    public void Add(long utcTicks, float min, float max, float mean, int count)
    {
        var offset = utcTicks - plan.From.UtcTicks;
        var index = offset / plan.Bucket.Ticks;
        if (offset < 0 || index >= plan.Count || count == 0)
        {
            return;
        }

        var first = _count[index] == 0;
        _min[index] = first || min < _min[index] ? min : _min[index];
        _max[index] = first || max > _max[index] ? max : _max[index];
        if (!isState)
        {
            _sum[index] += (double)mean * count;
        }
        else if (first || utcTicks >= _lastTicks[index])
        {
            _sum[index] = mean;
            _lastTicks[index] = utcTicks;
        }

        _count[index] += count;
    }

    public float?[] Min() => Select(index => _min[index]);

    public float?[] Max() => Select(index => _max[index]);

    public float?[] Mean() => Select(index => (float)(isState ? _sum[index] : _sum[index] / _count[index]));

    private float?[] Select(Func<int, float> value)
    {
        var values = new float?[plan.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _count[i] == 0 ? null : value(i);
        }

        return values;
    }
}
