using System.Numerics.Tensors;
using Headroom.Learning.Scaling;
using Headroom.Learning.Tabular;

namespace Headroom.Learning.Kernels;

/// <summary>A fitted Gaussian process.</summary>
/// <param name="Options">How it sees distance.</param>
/// <param name="Scaler">Learnt on the training rows.</param>
/// <param name="Points">Scaled and clipped training rows.</param>
/// <param name="Weights">One per training row.</param>
/// <param name="Mean">Training mean, the prediction far from everything.</param>
/// <param name="Signal">Variance of the signal, in the target's unit squared.</param>
public sealed record GaussianProcessModel(
    GaussianProcessOptions Options, StandardScaler Scaler, float[][] Points, double[] Weights, double Mean, double Signal) : ITabularModel
{
    private readonly Lock _factoring = new();
    private double[][]? _factor;

    /// <summary>The kernel matrix' factor; worked out again on first use when the model was read from a file.</summary>
    internal double[][] Factor
    {
        get
        {
            lock (_factoring)
            {
                return _factor ??= Refactor();
            }
        }

        init => _factor = value;
    }

    public double[] Predict(float[][] rows) => Array.ConvertAll(rows, row =>
    {
        var point = Scale(Scaler, row, Options.Clip);
        var sum = Mean;
        for (var index = 0; index < Points.Length; index++)
        {
            sum += Weights[index] * Kernel(point, Points[index], Options.LengthScale);
        }

        return sum;
    });

    /// <summary>Standard deviation of each prediction in the target's unit, noise included: grows with the distance to the training rows.</summary>
    public double[] Deviation(float[][] rows)
    {
        var factor = Factor;
        return Array.ConvertAll(rows, row =>
        {
            var point = Scale(Scaler, row, Options.Clip);
            var kernel = Array.ConvertAll(Points, other => Kernel(point, other, Options.LengthScale));
            Cholesky.SolveLower(factor, kernel);
            return Math.Sqrt(Signal * Math.Max(1 + Options.Noise - TensorPrimitives.Dot<double>(kernel, kernel), Options.Noise));
        });
    }

    internal static float[] Scale(StandardScaler scaler, float[] row, double clip)
    {
        var scaled = scaler.Transform(row);
        for (var column = 0; column < scaled.Length; column++)
        {
            scaled[column] = Math.Clamp(scaled[column], (float)-clip, (float)clip);
        }

        return scaled;
    }

    internal static double Kernel(float[] first, float[] second, double lengthScale) =>
        Math.Exp(-TensorPrimitives.Distance<float>(first, second) / (lengthScale * Math.Sqrt(first.Length)));

    private double[][] Refactor()
    {
        var factor = new double[Points.Length][];
        for (var row = 0; row < factor.Length; row++)
        {
            factor[row] = new double[row + 1];
            for (var column = 0; column <= row; column++)
            {
                factor[row][column] = Kernel(Points[row], Points[column], Options.LengthScale);
            }

            factor[row][row] += Options.Noise;
        }

        Cholesky.Factor(factor, CancellationToken.None);
        return factor;
    }
}
