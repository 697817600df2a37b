using System.Text.Json.Serialization;

namespace Headroom.Learning.Scaling;

/// <summary>Moves every column to mean 0 and deviation 1, with numbers learnt on training rows only. A missing value (NaN in a feature row) becomes 0, the training mean.</summary>
public sealed record StandardScaler
{
    [JsonConstructor]
    public StandardScaler(IReadOnlyList<double> means, IReadOnlyList<double> deviations)
    {
        Means = means;
        Deviations = deviations;
    }

    public IReadOnlyList<double> Means { get; }

    /// <summary>Standard deviation per column; 1 for a column that never varied.</summary>
    public IReadOnlyList<double> Deviations { get; }

    /// <summary>Learns from training rows (rows x columns).</summary>
    /// <exception cref="ArgumentException">No row, or rows of different width.</exception>
    public static StandardScaler Fit(IEnumerable<float[]> rows)
    {
        double[]? mean = null;
        double[] squares = [];
        int[] counts = [];
        foreach (var row in rows)
        {
            if (mean is null)
            {
                (mean, squares, counts) = (new double[row.Length], new double[row.Length], new int[row.Length]);
            }

            if (row.Length != mean.Length)
            {
                throw new ArgumentException($"Expected rows of {mean.Length} columns, got one of {row.Length}.", nameof(rows));
            }

            for (var column = 0; column < row.Length; column++)
            {
                if (float.IsFinite(row[column]))
                {
                    var delta = row[column] - mean[column];
                    mean[column] += delta / ++counts[column];
                    squares[column] += delta * (row[column] - mean[column]);
                }
            }
        }

        return mean is null
            ? throw new ArgumentException("Expected at least one training row, got none.", nameof(rows))
            : new StandardScaler(mean, [.. squares.Select((sum, column) => Deviation(sum, counts[column], mean[column]))]);
    }

    /// <summary>The row in units of training deviations.</summary>
    public float[] Transform(float[] row)
    {
        if (row.Length != Means.Count)
        {
            throw new ArgumentException($"Expected a row of {Means.Count} columns, got {row.Length}.", nameof(row));
        }

        var scaled = new float[row.Length];
        for (var column = 0; column < row.Length; column++)
        {
            scaled[column] = float.IsFinite(row[column]) ? (float)((row[column] - Means[column]) / Deviations[column]) : 0;
        }

        return scaled;
    }

    public float[][] Transform(IEnumerable<float[]> rows) => [.. rows.Select(Transform)];

    // A column whose spread is rounding noise beside its mean counts as constant.
    private static double Deviation(double squares, int count, double mean)
    {
        var deviation = count > 0 ? Math.Sqrt(squares / count) : 0;
        return deviation > 1e-7 * Math.Max(1, Math.Abs(mean)) || (deviation > 0 && deviation > 1e-5 * Math.Abs(mean)) ? deviation : 1;
    }
}
