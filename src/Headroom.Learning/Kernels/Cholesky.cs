using System.Numerics.Tensors;

namespace Headroom.Learning.Kernels;

/// <summary>Cholesky factor of a symmetric positive matrix held as its lower rows.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the matrix by its factor L with L L' = matrix.</summary>
    public static void Factor(double[][] matrix, CancellationToken cancellationToken)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = matrix[i];
            for (var j = 0; j < i; j++)
            {
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row.AsSpan(0, j), matrix[j].AsSpan(0, j))) / matrix[j][j];
            }

            var left = row[i] - TensorPrimitives.Dot<double>(row.AsSpan(0, i), row.AsSpan(0, i));
            row[i] = Math.Sqrt(Math.Max(left, 1e-12));
        }
    }

    /// <summary>Solves L x = right in place.</summary>
    public static void SolveLower(double[][] factor, double[] right)
    {
        for (var i = 0; i < factor.Length; i++)
        {
            right[i] = (right[i] - TensorPrimitives.Dot<double>(factor[i].AsSpan(0, i), right.AsSpan(0, i))) / factor[i][i];
        }
    }

    /// <summary>Solves L' x = right in place.</summary>
    public static void SolveUpper(double[][] factor, double[] right)
    {
        for (var i = factor.Length - 1; i >= 0; i--)
        {
            right[i] /= factor[i][i];
            TensorPrimitives.MultiplyAdd<double>(factor[i].AsSpan(0, i), -right[i], right.AsSpan(0, i), right.AsSpan(0, i));
        }
    }

    /// <summary>The x of L L' x = right.</summary>
    public static double[] Solve(double[][] factor, double[] right)
    {
        var solution = (double[])right.Clone();
        SolveLower(factor, solution);
        SolveUpper(factor, solution);
        return solution;
    }

    /// <summary>The inverse of the matrix, whole rows.</summary>
    public static double[][] Inverse(double[][] factor)
    {
        var inverse = new double[factor.Length][];
        for (var row = 0; row < inverse.Length; row++)
        {
            inverse[row] = new double[factor.Length];
            inverse[row][row] = 1;
            SolveLower(factor, inverse[row]);
            SolveUpper(factor, inverse[row]);
        }

        return inverse;
    }
}
