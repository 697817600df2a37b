namespace Headroom.Learning.Kernels.Pairs;

/// <summary>
/// Learns scales, parts and noise by the marginal likelihood (Rasmussen and Williams 2006, section 5.4.1) with Rprop (Blum and Riedmiller 2013), which needs signs of
/// gradients only. A weak prior keeps the scales finite.
/// </summary>
internal sealed class PairKernelLearning
{
    private const double StartScale = 3;
    private const double ScaleSpread = 1.5;
    private const double StartPart = 0.1;
    private const double StartNoise = 0.05;
    private const double Lowest = -9;
    private const double Highest = 4;

    private readonly float[][] _first;
    private readonly float[][] _second;
    private readonly double[] _targets;
    private readonly double[] _doubt;
    private readonly int _firstWidth;
    private readonly int _scales;

    /// <param name="first">Scaled columns of the first, per row.</param>
    /// <param name="second">Of the second.</param>
    /// <param name="targets">Targets with mean 0 and deviation 1.</param>
    /// <param name="doubt">Further noise per row, a variance in the same unit.</param>
    public PairKernelLearning(float[][] first, float[][] second, double[] targets, double[] doubt)
    {
        (_first, _second, _targets, _doubt) = (first, second, targets, doubt);
        _firstWidth = first[0].Length;
        _scales = _firstWidth + second[0].Length;
    }

    public PairKernel Run(int steps, CancellationToken cancellationToken)
    {
        var at = new double[_scales + PairKernel.PartCount + 1];
        Array.Fill(at, Math.Log(StartScale), 0, _scales);
        Array.Fill(at, Math.Log(StartPart), _scales, PairKernel.PartCount);
        at[^1] = Math.Log(StartNoise);
        var (best, lowest) = (at, double.PositiveInfinity);
        var rprop = new Rprop(at.Length);
        for (var step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (loss, gradient) = Loss(at);
            if (loss < lowest)
            {
                (best, lowest) = ([.. at], loss);
            }

            rprop.Step(at, gradient);
            for (var index = 0; index < at.Length; index++)
            {
                at[index] = Math.Clamp(at[index], Lowest, Highest);
            }
        }

        return Kernel(best);
    }

    /// <summary>Negative logarithm of the marginal likelihood and its gradient, at logarithms of scales, parts and noise.</summary>
    internal (double Loss, double[] Gradient) Loss(double[] at)
    {
        var kernel = Kernel(at);
        var distances = new PairDistances(_first, _second, kernel);
        var factor = distances.Matrix(_doubt);
        Cholesky.Factor(factor, CancellationToken.None);
        var (weights, inverse) = (Cholesky.Solve(factor, _targets), Cholesky.Inverse(factor));
        var loss = factor.Select((row, index) => Math.Log(row[index])).Sum();
        var gradient = new double[at.Length];
        for (var row = 0; row < weights.Length; row++)
        {
            loss += 0.5 * _targets[row] * weights[row];
            for (var column = 0; column <= row; column++)
            {
                // Each pair of rows stands for both of its places in the matrix.
                var slope = (inverse[row][column] - (weights[row] * weights[column])) * (row == column ? 0.5 : 1);
                Add(gradient, kernel, distances, row, column, slope);
            }

            gradient[^1] += 0.5 * (inverse[row][row] - (weights[row] * weights[row])) * kernel.Noise;
        }

        for (var scale = 0; scale < _scales; scale++)
        {
            var off = (at[scale] - Math.Log(StartScale)) / ScaleSpread;
            loss += 0.5 * off * off;
            gradient[scale] += off / ScaleSpread;
        }

        return (loss, gradient);
    }

    private void Add(double[] gradient, PairKernel kernel, PairDistances distances, int row, int column, double slope)
    {
        var (first, second) = (distances.First[row][column], distances.Second[row][column]);
        Span<double> parts = stackalloc double[PairKernel.PartCount];
        PairKernel.Write(first, second, parts);
        for (var part = 0; part < parts.Length; part++)
        {
            gradient[_scales + part] += slope * kernel.Parts[part] * parts[part];
        }

        var (near, far) = (parts[(int)PairKernelPart.First], parts[(int)PairKernelPart.Second]);
        var (both, sameFirst, sameSecond) = (kernel.Parts[(int)PairKernelPart.Both], parts[(int)PairKernelPart.SameFirst], parts[(int)PairKernelPart.SameSecond]);
        var byFirst = slope * PairKernel.Slope(first) * (kernel.Parts[(int)PairKernelPart.First] + (both * far) + (kernel.Parts[(int)PairKernelPart.FirstBesideSame] * sameSecond));
        var bySecond = slope * PairKernel.Slope(second) * (kernel.Parts[(int)PairKernelPart.Second] + (both * near) + (kernel.Parts[(int)PairKernelPart.SameBesideSecond] * sameFirst));
        for (var scale = 0; scale < _firstWidth; scale++)
        {
            var difference = (_first[row][scale] - _first[column][scale]) / kernel.FirstScales[scale];
            gradient[scale] += byFirst * difference * difference;
        }

        for (var scale = 0; scale < kernel.SecondScales.Length; scale++)
        {
            var difference = (_second[row][scale] - _second[column][scale]) / kernel.SecondScales[scale];
            gradient[_firstWidth + scale] += bySecond * difference * difference;
        }
    }

    private PairKernel Kernel(double[] at)
    {
        var values = Array.ConvertAll(at, Math.Exp);
        return new PairKernel(values[.._firstWidth], values[_firstWidth.._scales], values[_scales..^1], values[^1]);
    }
}
