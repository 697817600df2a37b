namespace Headroom.Learning.Kernels.Pairs;

/// <summary>Scaled distances of every pair of rows, of the firsts and of the seconds, as lower rows: the kernel and its gradient need the same ones.</summary>
internal sealed class PairDistances(float[][] first, float[][] second, PairKernel kernel)
{
    public double[][] First { get; } = Lower(first, kernel.FirstScales);

    public double[][] Second { get; } = Lower(second, kernel.SecondScales);

    /// <summary>Lower rows of the kernel matrix with its noise and further noise per row.</summary>
    public double[][] Matrix(double[] doubt)
    {
        var matrix = new double[First.Length][];
        for (var row = 0; row < matrix.Length; row++)
        {
            matrix[row] = new double[row + 1];
            for (var column = 0; column <= row; column++)
            {
                matrix[row][column] = kernel.Of(First[row][column], Second[row][column]);
            }

            matrix[row][row] += kernel.Noise + doubt[row];
        }

        return matrix;
    }

    private static double[][] Lower(float[][] rows, double[] scales)
    {
        var distances = new double[rows.Length][];
        for (var row = 0; row < distances.Length; row++)
        {
            distances[row] = new double[row + 1];
            for (var column = 0; column < row; column++)
            {
                distances[row][column] = PairKernel.Distance(rows[row], rows[column], scales);
            }
        }

        return distances;
    }
}
