namespace Headroom.Oversubscription.Peaks;

/// <summary>The last values of a series, kept in order, so that any quantile of them is one look-up.</summary>
/// <param name="capacity">How many values are kept.</param>
internal sealed class RollingQuantile(int capacity)
{
    private readonly Queue<float> _arrivals = new();
    private readonly List<float> _sorted = [];

    public int Count => _sorted.Count;

    public void Add(float value)
    {
        var place = _sorted.BinarySearch(value);
        _sorted.Insert(place < 0 ? ~place : place, value);
        _arrivals.Enqueue(value);
        if (_arrivals.Count > capacity)
        {
            _sorted.RemoveAt(_sorted.BinarySearch(_arrivals.Dequeue()));
        }
    }

    /// <summary>The smallest value that at least a share <paramref name="level"/> of the values does not exceed; 0 while there is none.</summary>
    public double At(double level) => _sorted.Count == 0 ? 0 : _sorted[Math.Clamp((int)Math.Ceiling(level * _sorted.Count) - 1, 0, _sorted.Count - 1)];
}
