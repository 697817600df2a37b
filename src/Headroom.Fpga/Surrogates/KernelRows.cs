using System.Numerics;

namespace Headroom.Fpga.Surrogates;

/// <summary>The training rows of a Gaussian process laid out column by column, so that one point is compared with all of them at once.</summary>
internal sealed class KernelRows
{
    /// <summary>A column this short on the kernel's scale moves nothing.</summary>
    private const float IdleExtent = 1e-3f;

    private readonly int padded;
    private readonly int[] columns;
    private readonly float[] values;
    private readonly float[] weights;

    public KernelRows(float[][] scaled, float[] weights)
    {
        padded = (scaled.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        columns = scaled.Length == 0 ? [] : [.. Enumerable.Range(0, scaled[0].Length).Where(column => scaled.Max(row => row[column]) - scaled.Min(row => row[column]) > IdleExtent)];
        values = new float[columns.Length * padded];
        Array.Fill(values, 1e4f);
        for (var column = 0; column < columns.Length; column++)
        {
            for (var row = 0; row < scaled.Length; row++)
            {
                values[(column * padded) + row] = scaled[row][columns[column]];
            }
        }

        // Rows added to fill the last vector weigh nothing and lie far away.
        this.weights = new float[padded];
        weights.CopyTo(this.weights, 0);
    }

    /// <summary>Weighted sum of Matérn 5/2 kernels to all rows, and the largest kernel.</summary>
    public (double Sum, double Nearest) Evaluate(float[] point)
    {
        var sum = Vector<float>.Zero;
        var nearest = Vector<float>.Zero;
        for (var row = 0; row < padded; row += Vector<float>.Count)
        {
            var distance = Vector<float>.Zero;
            for (int column = 0, at = row; column < columns.Length; column++, at += padded)
            {
                var difference = new Vector<float>(values, at) - new Vector<float>(point[columns[column]]);
                distance += difference * difference;
            }

            var root = Vector.SquareRoot(distance * 5);
            var kernel = (Vector<float>.One + root + (distance * (5f / 3))) * Vector.Exp(-Vector.Min(root, new Vector<float>(80)));
            sum += kernel * new Vector<float>(weights, row);
            nearest = Vector.Max(nearest, kernel);
        }

        float largest = 0;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            largest = Math.Max(largest, nearest[lane]);
        }

        return (Vector.Sum(sum), Math.Min(1, largest));
    }
}
