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
        train = train.Thin(options.MaxRows, random);
        var scaler = SkewScaler.Fit(train.Features);
        var scaled = Array.ConvertAll(train.Features, scaler.Transform);
        var (first, second) = (Array.ConvertAll(scaled, row => PairProcessModel.Pick(row, options.First)), Array.ConvertAll(scaled, row => PairProcessModel.Pick(row, options.Second)));
        var mean = train.Targets.Average();
        var deviation = Math.Max(Math.Sqrt(train.Targets.Average(target => (target - mean) * (target - mean))), 1e-9);
        var targets = Array.ConvertAll(train.Targets, target => (target - mean) / deviation);

        // The first process is there to doubt by.
        var doubt = new double[targets.Length];
        var (_, factor) = Learn();
        doubt = GroupDoubt.Noise(Cholesky.Inverse(factor), Cholesky.Solve(factor, targets), train.Groups);
        PairProcess[] processes = [.. Enumerable.Range(0, options.Processes).Select(_ =>
        {
            var (kernel, learnt) = Learn();
            return new PairProcess(kernel, Array.ConvertAll(Cholesky.Solve(learnt, targets), weight => weight * deviation));
        })];
        return new PairProcessModel(options, scaler, processes, first, second, mean);

        (PairKernel Kernel, double[][] Factor) Learn()
        {
            var sample = TabularSet.Draw(targets.Length, options.LearningRows, random);
            var kernel = new PairKernelLearning(Take(first, sample), Take(second, sample), Take(targets, sample), Take(doubt, sample)).Run(options.LearningSteps, cancellationToken);
            var matrix = new PairDistances(first, second, kernel).Matrix(doubt);
            Cholesky.Factor(matrix, cancellationToken);
            return (kernel, matrix);
        }
    }

    private static T[] Take<T>(T[] rows, int[] chosen) => Array.ConvertAll(chosen, row => rows[row]);
}
