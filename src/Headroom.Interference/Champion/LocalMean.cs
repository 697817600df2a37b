namespace Headroom.Interference.Champion;

/// <summary>Gaussian-weighted mean of values at points of a grid (Nadaraya and Watson); points can be taken away again.</summary>
internal sealed class LocalMean(double[] grid, double bandwidth, double floor)
{
    private double[] _sums = new double[grid.Length];
    private double[] _weights = new double[grid.Length];

    public void Add(double at, double value) => Change(at, value, 1);

    public void Remove(double at, double value) => Change(at, value, -1);

    public LocalMean Clone() => new(grid, bandwidth, floor) { _sums = [.. _sums], _weights = [.. _weights] };

    /// <summary>The mean at every point of the grid; the floor where it is lower or nothing is near.</summary>
    public double[] Values() => [.. _sums.Zip(_weights, (sum, weight) => weight > 1e-6 ? Math.Max(sum / weight, floor) : floor)];

    private void Change(double at, double value, int sign)
    {
        for (var index = 0; index < grid.Length; index++)
        {
            var distance = (at - grid[index]) / bandwidth;
            var weight = sign * Math.Exp(-0.5 * distance * distance);
            _sums[index] += weight * value;
            _weights[index] += weight;
        }
    }
}
