using System.Numerics;

namespace Headroom.Fpga.Surrogates;

/// <summary>Finds the kernel's scales by Adam on the log marginal likelihood (Rasmussen and Williams, equation 5.9), with a pull towards long lengths so that idle columns fade.</summary>
internal static class ScaleSearch
{
    private const double Step = 0.1;
    private const double PriorDeviation = 1.5;

    public static Scales Run(float[][] rows, double[] targets, int steps, CancellationToken cancellationToken)
    {
        var count = rows.Length;
        var width = rows[0].Length;

        // Logarithms: inverse squared length per column, signal, linear, constant, noise.
        var start = Math.Log(1.0 / Math.Max(1, width));
        var state = new double[width + 4];
        Array.Fill(state, start, 0, width);
        (state[width], state[width + 1], state[width + 2], state[width + 3]) = (0, Math.Log(1.0 / width), 0, Math.Log(0.01));
        var best = (double[])state.Clone();
        var bestValue = double.NegativeInfinity;
        var momentum = new double[state.Length];
        var square = new double[state.Length];

        var kernel = Square(count);
        var shape = Square(count);
        var slope = Square(count);
        var dot = Square(count);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double sum = 0;
                for (var column = 0; column < width; column++)
                {
                    sum += rows[i][column] * rows[j][column];
                }

                dot[i][j] = sum;
            }
        }

        for (var step = 1; step <= steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inverseLengths = Enumerable.Range(0, width).Select(column => (float)Math.Exp(state[column] / 2)).ToArray();
            var (signal, linear, constant, noise) = (Math.Exp(state[width]), Math.Exp(state[width + 1]), Math.Exp(state[width + 2]), Math.Exp(state[width + 3]));
            var scaled = rows.Select(row => row.Select((value, column) => value * inverseLengths[column]).ToArray()).ToArray();
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var distance = GaussianProcess.SquaredDistance(scaled[i], scaled[j]);
                    var root = Math.Sqrt(5 * distance);
                    var decay = Math.Exp(-root);
                    shape[i][j] = (1 + root + (5 * distance / 3)) * decay;
                    slope[i][j] = -5.0 / 6 * (1 + root) * decay;
                    kernel[i][j] = kernel[j][i] = (signal * shape[i][j]) + (linear * dot[i][j]) + constant + (i == j ? noise + 1e-6 : 0);
                }
            }

            var inverse = SymmetricInverse.Of(kernel, out var logDeterminant);
            var alpha = new double[count];
            double fit = 0;
            for (var i = 0; i < count; i++)
            {
                alpha[i] = SymmetricInverse.Dot(inverse[i], targets, count);
                fit += alpha[i] * targets[i];
            }

            var value = -0.5 * (fit + logDeterminant);
            var gradient = new double[state.Length];
            var bends = new float[width];
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var weight = ((alpha[i] * alpha[j]) - inverse[i][j]) * (i == j ? 0.5 : 1);
                    gradient[width] += weight * signal * shape[i][j];
                    gradient[width + 1] += weight * linear * dot[i][j];
                    gradient[width + 2] += weight * constant;
                    if (i == j)
                    {
                        gradient[width + 3] += weight * noise;
                        continue;
                    }

                    AddSquares(bends, scaled[i], scaled[j], (float)(weight * signal * slope[i][j]));
                }
            }

            for (var column = 0; column < width; column++)
            {
                gradient[column] += bends[column];
            }

            for (var column = 0; column < width; column++)
            {
                var away = (state[column] - start) / PriorDeviation;
                value -= 0.5 * away * away;
                gradient[column] -= away / PriorDeviation;
            }

            if (value > bestValue)
            {
                bestValue = value;
                state.CopyTo(best, 0);
            }

            for (var index = 0; index < state.Length; index++)
            {
                momentum[index] = (0.9 * momentum[index]) + (0.1 * gradient[index]);
                square[index] = (0.99 * square[index]) + (0.01 * gradient[index] * gradient[index]);
                var corrected = momentum[index] / (1 - Math.Pow(0.9, step));
                var scale = Math.Sqrt(square[index] / (1 - Math.Pow(0.99, step))) + 1e-8;
                state[index] = Math.Clamp(state[index] + (Step * corrected / scale), -14, 6);
            }
        }

        return new Scales(
            [.. Enumerable.Range(0, width).Select(column => (float)Math.Exp(best[column] / 2))],
            Math.Exp(best[width]), Math.Exp(best[width + 1]), Math.Exp(best[width + 2]), Math.Exp(best[width + 3]) + 1e-6);
    }

    /// <summary>Adds weight (left - right)^2 to the sums, column by column.</summary>
    private static void AddSquares(float[] sums, float[] left, float[] right, float weight)
    {
        var column = 0;
        var weights = new Vector<float>(weight);
        for (; column <= sums.Length - Vector<float>.Count; column += Vector<float>.Count)
        {
            var difference = new Vector<float>(left, column) - new Vector<float>(right, column);
            (new Vector<float>(sums, column) + (weights * difference * difference)).CopyTo(sums, column);
        }

        for (; column < sums.Length; column++)
        {
            var difference = left[column] - right[column];
            sums[column] += weight * difference * difference;
        }
    }

    private static double[][] Square(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[count])];
}

/// <summary>Finds scales from a seeded sample of chosen rows.</summary>
internal sealed class ScaleFinder(float[][] inputs, double[] centred, int seed)
{
    public Scales Run(int sampleRows, int steps, Func<int, bool> isChosen, CancellationToken cancellationToken)
    {
        var sample = Enumerable.Range(0, inputs.Length).Where(isChosen).ToArray();
        new Random(seed).Shuffle(sample);
        sample = [.. sample.Take(sampleRows)];
        var spread = Math.Max(1e-4, Math.Sqrt(centred.Average(value => value * value)));
        var scales = ScaleSearch.Run([.. sample.Select(row => inputs[row])], [.. sample.Select(row => centred[row] / spread)], steps, cancellationToken);
        var variance = spread * spread;
        return scales with { Signal = scales.Signal * variance, Linear = scales.Linear * variance, Constant = scales.Constant * variance, Noise = scales.Noise * variance };
    }
}
