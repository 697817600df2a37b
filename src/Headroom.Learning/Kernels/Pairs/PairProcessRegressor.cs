using Headroom.Learning.Scaling;
using Headroom.Learning.Tabular;

namespace Headroom.Learning.Kernels.Pairs;

/// <summary>Gaussian process regression over pairs (Rasmussen and Williams 2006, algorithm 2.1): the mean of processes whose kernels are learnt on samples of the rows.</summary>
public sealed class PairProcessRegressor(string name, PairProcessOptions options) : ITabularRegressor
{
    public string Name => name;

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        train = Thin(train, options.MaxRows, random);
        var scaler = SkewScaler.Fit(train.Features);
        var scaled = Array.ConvertAll(train.Features, scaler.Transform);
        var (first, second) = (Array.ConvertAll(scaled, row => PairProcessModel.Pick(row, options.First)), Array.ConvertAll(scaled, row => PairProcessModel.Pick(row, options.Second)));
        var mean = train.Targets.Average();
        var deviation = Math.Max(Math.Sqrt(train.Targets.Average(target => (target - mean) * (target - mean))), 1e-9);
        var targets = Array.ConvertAll(train.Targets, target => (target - mean) / deviation);

        // The first process is there to doubt by.
        var doubt = new double[targets.Length];
        var (_, factor) = Learn();
        doubt = GroupDoubt.Noise(Cholesky.Inverse(factor), Solve(factor, targets), train.Groups);
        PairProcess[] processes = [.. Enumerable.Range(0, options.Processes).Select(_ =>
        {
            var (kernel, learnt) = Learn();
            return new PairProcess(kernel, Array.ConvertAll(Solve(learnt, targets), weight => weight * deviation));
        })];
        return new PairProcessModel(options, scaler, processes, first, second, mean);

        (PairKernel Kernel, double[][] Factor) Learn()
        {
            var sample = Draw(targets.Length, options.LearningRows, random);
            var kernel = new PairKernelLearning(Take(first, sample), Take(second, sample), Take(targets, sample), Take(doubt, sample)).Run(options.LearningSteps, cancellationToken);
            var matrix = Matrix(first, second, kernel, doubt);
            Cholesky.Factor(matrix, cancellationToken);
            return (kernel, matrix);
        }
    }

    /// <summary>Lower rows of the kernel matrix with its noise and further noise per row.</summary>
    internal static double[][] Matrix(float[][] first, float[][] second, PairKernel kernel, double[] doubt)
    {
        var matrix = new double[first.Length][];
        for (var row = 0; row < matrix.Length; row++)
        {
            matrix[row] = new double[row + 1];
            for (var column = 0; column <= row; column++)
            {
                matrix[row][column] = kernel.Of(
                    PairKernel.Distance(first[row], first[column], kernel.FirstScales), PairKernel.Distance(second[row], second[column], kernel.SecondScales));
            }

            matrix[row][row] += kernel.Noise + doubt[row];
        }

        return matrix;
    }

    private static double[] Solve(double[][] factor, double[] targets)
    {
        var weights = (double[])targets.Clone();
        Cholesky.SolveLower(factor, weights);
        Cholesky.SolveUpper(factor, weights);
        return weights;
    }

    private static TabularSet Thin(TabularSet train, int most, Random random) => train.Count > most ? train.Take(Draw(train.Count, most, random)) : train;

    private static T[] Take<T>(T[] rows, int[] chosen) => Array.ConvertAll(chosen, row => rows[row]);

    private static int[] Draw(int count, int most, Random random)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        random.Shuffle(rows);
        return [.. rows.Take(most).Order()];
    }
}
