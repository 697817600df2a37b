using System.Numerics;

namespace Headroom.Fpga.Surrogates;

/// <summary>
/// Gaussian process regression with a Matérn 5/2 kernel of its own length scale per column plus a linear kernel (Rasmussen and Williams 2006,
/// sections 2.2, 4.2 and 5.4). Its scales are found by gradient ascent of the marginal likelihood on part of the rows, the rest is exact.
/// The linear part carries a trend beyond the training range; the other part bends it.
/// </summary>
public sealed class GaussianProcess
{
    private readonly int[] columns;
    private readonly float[] means;
    private readonly float[] deviations;
    private readonly float[][] rows;
    private readonly float[] weights;
    private readonly Scales scales;
    private readonly float[] linear;

    private GaussianProcess(int[] columns, float[] means, float[] deviations, float[][] rows, float[] weights, Scales scales, double centre)
    {
        (this.columns, this.means, this.deviations, this.rows, this.weights, this.scales, Centre) = (columns, means, deviations, rows, weights, scales, centre);
        linear = new float[columns.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < linear.Length; column++)
            {
                linear[column] += weights[row] * rows[row][column] * (float)scales.Linear;
            }
        }

        constant = weights.Sum() * (float)scales.Constant;
    }

    private readonly float constant;

    /// <summary>Mean of the training targets.</summary>
    public double Centre { get; }

    /// <summary>Out-of-fold predictions of the training rows, in closed form: row i was predicted without its fold.</summary>
    public double[]? OutOfFold { get; private init; }

    /// <summary>Similarity of each training row to the nearest row outside its fold.</summary>
    public double[]? OutOfFoldSimilarity { get; private init; }

    public static GaussianProcess Fit(float[][] features, double[] targets, int[] foldOf, int seed, CancellationToken cancellationToken, int searchRows = 300, int searchSteps = 60)
    {
        var (columns, means, deviations) = Standardisation(features);
        var inputs = features.Select(row => Standardise(row, columns, means, deviations)).ToArray();
        var centre = targets.Average();
        var centred = Array.ConvertAll(targets, target => target - centre);
        var spread = Math.Max(1e-4, Math.Sqrt(centred.Average(value => value * value)));

        var sample = Enumerable.Range(0, inputs.Length).ToArray();
        new Random(seed).Shuffle(sample);
        sample = [.. sample.Take(searchRows)];
        var scales = ScaleSearch.Run([.. sample.Select(row => inputs[row])], [.. sample.Select(row => centred[row] / spread)], searchSteps, cancellationToken);
        scales = scales with { Signal = scales.Signal * spread * spread, Linear = scales.Linear * spread * spread, Constant = scales.Constant * spread * spread, Noise = scales.Noise * spread * spread };

        var scaled = inputs.Select(row => scales.Apply(row)).ToArray();
        var count = scaled.Length;
        var similarity = new double[count];
        var kernel = new double[count][];
        for (var i = 0; i < count; i++)
        {
            kernel[i] = new double[count];
            for (var j = 0; j < i; j++)
            {
                var shape = Matern(SquaredDistance(scaled[i], scaled[j]));
                if (foldOf[i] != foldOf[j])
                {
                    similarity[i] = Math.Max(similarity[i], shape);
                    similarity[j] = Math.Max(similarity[j], shape);
                }

                kernel[i][j] = kernel[j][i] = (scales.Signal * shape) + scales.Trend(inputs[i], inputs[j]);
            }

            kernel[i][i] = scales.Signal + scales.Trend(inputs[i], inputs[i]) + scales.Noise;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var inverse = SymmetricInverse.Of(kernel, out _);
        var alpha = new double[count];
        for (var i = 0; i < count; i++)
        {
            alpha[i] = SymmetricInverse.Dot(inverse[i], centred, count);
        }

        return new GaussianProcess(columns, means, deviations, inputs, Array.ConvertAll(alpha, value => (float)value), scales, centre)
        {
            OutOfFold = [.. LeaveFoldsOut(inverse, alpha, centred, foldOf).Select(value => value + centre)],
            OutOfFoldSimilarity = similarity,
        };
    }

    /// <summary>The prediction, and how near the nearest training row lies (1 the same, 0 far).</summary>
    public (double Value, double Similarity) Predict(float[] features)
    {
        var raw = Standardise(features, columns, means, deviations);
        var point = scales.Apply(raw);
        var scaledRows = ScaledRows;
        double value = 0;
        var nearest = 0f;
        for (var row = 0; row < scaledRows.Length; row++)
        {
            var shape = MathF.Max(0, (float)Matern(SquaredDistance(point, scaledRows[row])));
            nearest = MathF.Max(nearest, shape);
            value += weights[row] * shape;
        }

        value *= scales.Signal;
        for (var column = 0; column < raw.Length; column++)
        {
            value += linear[column] * raw[column];
        }

        return (value + constant + Centre, nearest);
    }

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(columns.Length);
        foreach (var (column, index) in columns.Select((column, index) => (column, index)))
        {
            writer.Write(column);
            writer.Write(means[index]);
            writer.Write(deviations[index]);
            writer.Write(scales.InverseLengths[index]);
        }

        writer.Write(scales.Signal);
        writer.Write(scales.Linear);
        writer.Write(scales.Constant);
        writer.Write(scales.Noise);
        writer.Write(Centre);
        writer.Write(rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            writer.Write(weights[row]);
            foreach (var value in rows[row])
            {
                writer.Write(value);
            }
        }
    }

    public static GaussianProcess Read(BinaryReader reader)
    {
        var width = Bounded(reader.ReadInt32(), 4096);
        var columns = new int[width];
        var means = new float[width];
        var deviations = new float[width];
        var inverse = new float[width];
        for (var index = 0; index < width; index++)
        {
            (columns[index], means[index], deviations[index], inverse[index]) = (Bounded(reader.ReadInt32(), 4096), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
        }

        var scales = new Scales(inverse, reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var centre = reader.ReadDouble();
        var rows = new float[Bounded(reader.ReadInt32(), 1_000_000)][];
        var weights = new float[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            weights[row] = reader.ReadSingle();
            rows[row] = new float[width];
            for (var column = 0; column < width; column++)
            {
                rows[row][column] = reader.ReadSingle();
            }
        }

        return new GaussianProcess(columns, means, deviations, rows, weights, scales, centre);
    }

    internal static double Matern(double squaredDistance)
    {
        var root = Math.Sqrt(5 * squaredDistance);
        return (1 + root + (5 * squaredDistance / 3)) * Math.Exp(-root);
    }

    internal static float SquaredDistance(float[] left, float[] right)
    {
        var sum = Vector<float>.Zero;
        var index = 0;
        for (; index <= left.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            var difference = new Vector<float>(left, index) - new Vector<float>(right, index);
            sum += difference * difference;
        }

        var total = Vector.Sum(sum);
        for (; index < left.Length; index++)
        {
            var difference = left[index] - right[index];
            total += difference * difference;
        }

        return total;
    }

    private float[][]? scaledRows;

    private float[][] ScaledRows => scaledRows ??= [.. rows.Select(scales.Apply)];

    private static int Bounded(int value, int limit) => value >= 0 && value <= limit ? value : throw new InvalidDataException("The model file is damaged: a length is out of range.");

    private static double[] LeaveFoldsOut(double[][] inverse, double[] alpha, double[] centred, int[] foldOf)
    {
        var predicted = new double[centred.Length];
        foreach (var fold in Enumerable.Range(0, centred.Length).GroupBy(row => foldOf[row]))
        {
            // Rasmussen and Williams 5.4.2 for a block: mu = y - (C_II)^-1 (C y)_I with C the inverse kernel.
            var block = fold.ToArray();
            var part = block.Select(i => block.Select(j => inverse[i][j]).ToArray()).ToArray();
            var blockInverse = SymmetricInverse.Of(part, out _);
            var right = block.Select(i => alpha[i]).ToArray();
            for (var i = 0; i < block.Length; i++)
            {
                predicted[block[i]] = centred[block[i]] - SymmetricInverse.Dot(blockInverse[i], right, right.Length);
            }
        }

        return predicted;
    }

    private static (int[] Columns, float[] Means, float[] Deviations) Standardisation(float[][] features)
    {
        var kept = new List<int>();
        var means = new List<float>();
        var deviations = new List<float>();
        var seen = new List<float[]>();
        for (var column = 0; column < features[0].Length; column++)
        {
            var mean = features.Average(row => (double)row[column]);
            var deviation = Math.Sqrt(features.Average(row => (row[column] - mean) * (row[column] - mean)));
            if (deviation < 1e-6)
            {
                continue;
            }

            // A column that repeats another one adds nothing but a second length scale.
            var standard = Array.ConvertAll(features, row => (float)((row[column] - mean) / deviation));
            if (seen.Any(other => Math.Abs(other.Zip(standard, (a, b) => a * b).Average()) > 0.99999))
            {
                continue;
            }

            seen.Add(standard);
            kept.Add(column);
            means.Add((float)mean);
            deviations.Add((float)deviation);
        }

        return ([.. kept], [.. means], [.. deviations]);
    }

    private static float[] Standardise(float[] row, int[] columns, float[] means, float[] deviations)
    {
        var result = new float[columns.Length];
        for (var index = 0; index < columns.Length; index++)
        {
            result[index] = (row[columns[index]] - means[index]) / deviations[index];
        }

        return result;
    }
}

/// <summary>The kernel's numbers: inverse length per column, variances of the bent, linear and constant part, and of the noise.</summary>
internal sealed record Scales(float[] InverseLengths, double Signal, double Linear, double Constant, double Noise)
{
    public float[] Apply(float[] row)
    {
        var scaled = new float[row.Length];
        for (var column = 0; column < row.Length; column++)
        {
            scaled[column] = row[column] * InverseLengths[column];
        }

        return scaled;
    }

    public double Trend(float[] left, float[] right)
    {
        double dot = 0;
        for (var column = 0; column < left.Length; column++)
        {
            dot += left[column] * right[column];
        }

        return (Linear * dot) + Constant;
    }
}
