namespace Headroom.Learning.Tabular;

/// <summary>Solves the small symmetric systems of linear models.</summary>
internal static class LinearAlgebra
{
    /// <summary>Solves (X'WX + diag(penalty)) b = X'Wy by Cholesky; rows are features without the intercept, which is fitted unpenalised as the last coefficient.</summary>
    public static double[] WeightedRidge(float[][] rows, double[] targets, double[]? weights, double penalty)
    {
        var width = rows[0].Length + 1;
        var gram = new double[width, width];
        var right = new double[width];
        var row1 = new double[width];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < width - 1; column++)
            {
                row1[column] = rows[row][column];
            }

            row1[width - 1] = 1;
            var weight = weights?[row] ?? 1;
            for (var i = 0; i < width; i++)
            {
                var scaled = row1[i] * weight;
                right[i] += scaled * targets[row];
                for (var j = 0; j <= i; j++)
                {
                    gram[i, j] += scaled * row1[j];
                }
            }
        }

        for (var i = 0; i < width - 1; i++)
        {
            gram[i, i] += penalty;
        }

        return SolveCholesky(gram, right);
    }

    // Lower triangle in, solution out. A pivot that is rounding noise (collinear columns) gets coefficient 0.
    private static double[] SolveCholesky(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var j = 0; j < n; j++)
        {
            var original = matrix[j, j];
            for (var k = 0; k < j; k++)
            {
                matrix[j, j] -= matrix[j, k] * matrix[j, k];
            }

            var pivot = matrix[j, j] > 1e-10 * Math.Max(original, 1e-300) ? Math.Sqrt(matrix[j, j]) : double.PositiveInfinity;
            matrix[j, j] = pivot;
            for (var i = j + 1; i < n; i++)
            {
                for (var k = 0; k < j; k++)
                {
                    matrix[i, j] -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] /= pivot;
            }
        }

        var solution = (double[])right.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                solution[i] -= matrix[i, k] * solution[k];
            }

            solution[i] /= matrix[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                solution[i] -= matrix[k, i] * solution[k];
            }

            solution[i] /= matrix[i, i];
        }

        return solution;
    }
}
