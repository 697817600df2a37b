using System.Numerics;

namespace Headroom.Fpga.Surrogates;

/// <summary>Inverts symmetric positive definite matrices by Cholesky.</summary>
internal static class SymmetricInverse
{
    /// <summary>The inverse; <paramref name="logDeterminant"/> of the matrix itself. A pivot lost to rounding is lifted to a small one.</summary>
    public static double[][] Of(double[][] matrix, out double logDeterminant)
    {
        var count = matrix.Length;
        var lower = new double[count][];
        logDeterminant = 0;
        for (var i = 0; i < count; i++)
        {
            lower[i] = new double[count];
            for (var j = 0; j <= i; j++)
            {
                var value = matrix[i][j] - Dot(lower[i], lower[j], j);
                if (i == j)
                {
                    lower[i][i] = Math.Sqrt(Math.Max(value, 1e-10 * Math.Abs(matrix[i][i]) + 1e-300));
                    logDeterminant += 2 * Math.Log(lower[i][i]);
                }
                else
                {
                    lower[i][j] = value / lower[j][j];
                }
            }
        }

        // Column k of the inverse of L, kept as a row so that the products below run along memory.
        var columns = new double[count][];
        for (var k = 0; k < count; k++)
        {
            var column = columns[k] = new double[count];
            column[k] = 1 / lower[k][k];
            for (var i = k + 1; i < count; i++)
            {
                column[i] = -Dot(lower[i], column, i, k) / lower[i][i];
            }
        }

        var inverse = new double[count][];
        for (var i = 0; i < count; i++)
        {
            inverse[i] = new double[count];
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                inverse[i][j] = inverse[j][i] = Dot(columns[i], columns[j], count, i);
            }
        }

        return inverse;
    }

    public static double Dot(double[] left, double[] right, int end, int start = 0)
    {
        var sum = Vector<double>.Zero;
        var index = start;
        for (; index <= end - Vector<double>.Count; index += Vector<double>.Count)
        {
            sum += new Vector<double>(left, index) * new Vector<double>(right, index);
        }

        var total = Vector.Sum(sum);
        for (; index < end; index++)
        {
            total += left[index] * right[index];
        }

        return total;
    }
}
