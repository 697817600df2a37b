using Headroom.Learning.Scaling;
using Headroom.Learning.Tabular;

namespace Headroom.Learning.Kernels.Pairs;

/// <summary>One process: how it sees resemblance, and what that makes of every training row.</summary>
/// <param name="Kernel">How rows resemble each other.</param>
/// <param name="Weights">One per training row.</param>
public sealed record PairProcess(PairKernel Kernel, double[] Weights);

/// <summary>The mean of fitted processes over the same pairs.</summary>
/// <param name="Options">Which columns are whose.</param>
/// <param name="Scaler">Learnt on the training rows.</param>
/// <param name="Processes">Each learnt its kernel on other rows.</param>
/// <param name="Firsts">Scaled columns of the first of every training row.</param>
/// <param name="Seconds">The same of the second.</param>
/// <param name="Mean">Training mean.</param>
public sealed record PairProcessModel(
    PairProcessOptions Options, SkewScaler Scaler, IReadOnlyList<PairProcess> Processes, float[][] Firsts, float[][] Seconds, double Mean) : ITabularModel
{
    public double[] Predict(float[][] rows) => Array.ConvertAll(rows, row =>
    {
        var scaled = Scaler.Transform(row);
        var (first, second) = (Pick(scaled, Options.First), Pick(scaled, Options.Second));
        return Mean + Processes.Average(process => Deviation(process, first, second));
    });

    private double Deviation(PairProcess process, float[] first, float[] second)
    {
        double sum = 0;
        for (var index = 0; index < Firsts.Length; index++)
        {
            sum += process.Weights[index] * process.Kernel.Of(
                PairKernel.Distance(first, Firsts[index], process.Kernel.FirstScales), PairKernel.Distance(second, Seconds[index], process.Kernel.SecondScales));
        }

        return sum;
    }

    internal static float[] Pick(float[] row, IReadOnlyList<int> columns)
    {
        var picked = new float[columns.Count];
        for (var index = 0; index < picked.Length; index++)
        {
            picked[index] = row[columns[index]];
        }

        return picked;
    }
}
