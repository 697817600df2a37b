namespace Headroom.Learning.Metrics;

/// <summary>Collects errors batch by batch; every row weighs the same, however uneven the batches.</summary>
public sealed class RegressionAccumulator(double smapeEpsilon = 1)
{
    private int _count;
    private double _absolute;
    private double _squared;
    private double _symmetric;
    private double _truthMean;
    private double _truthSquares;

    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Add(IReadOnlyList<double> truth, IReadOnlyList<double> predicted)
    {
        if (truth.Count != predicted.Count)
        {
            throw new ArgumentException($"Expected as many predictions as true values ({truth.Count}), got {predicted.Count}.", nameof(predicted));
        }

        for (var row = 0; row < truth.Count; row++)
        {
            Add(truth[row], predicted[row]);
        }
    }

    public void Add(double truth, double predicted)
    {
        var error = truth - predicted;
        _count++;
        _absolute += Math.Abs(error);
        _squared += error * error;
        _symmetric += Math.Abs(error) / (Math.Abs(truth) + Math.Abs(predicted) + smapeEpsilon);

        // Welford: the plain sum of squares loses all digits when the variance is small beside the mean.
        var delta = truth - _truthMean;
        _truthMean += delta / _count;
        _truthSquares += delta * (truth - _truthMean);
    }

    /// <exception cref="ArgumentException">No row was added.</exception>
    public RegressionMetrics ToMetrics()
    {
        if (_count == 0)
        {
            throw new ArgumentException("Expected at least one row to score, got none.");
        }

        double? r2 = _truthSquares > 0 ? 1 - (_squared / _truthSquares) : null;
        return new RegressionMetrics(_count, _absolute / _count, _squared / _count, r2, 200 * _symmetric / _count);
    }
}
