using System.Numerics;

namespace Headroom.Fpga.Surrogates;

/// <summary>
/// Gaussian process regression with a Matérn 5/2 kernel of its own length scale per column plus a linear kernel (Rasmussen and Williams 2006,
/// sections 2.2, 4.2 and 5.4). Its scales are found by gradient ascent of the marginal likelihood on part of the rows, the rest is exact.
/// The linear part carries a trend beyond the training range; the other part bends it.
/// </summary>
public sealed class GaussianProcess
{
    /// <summary>More training rows than this are thinned out by whole groups: the work grows with their cube.</summary>
    public const int MaximumRows = 1200;

    /// <summary>A column further out than this counts as this far: beyond it a trend says nothing.</summary>
    private const float FarthestDeviations = 6;

    private static readonly (int Rows, int Steps) Search = (300, 60);

    /// <summary>Parts of the groups whose scales come from the other parts: few more groups than the final scales see.</summary>
    private const int CalibrationParts = 4;

    /// <summary>The scales of the parts serve the calibration only: nearly as good as the final ones will do.</summary>
    private static readonly (int Rows, int Steps) PartSearch = (240, 50);

    private readonly int[] columns;
    private readonly float[] means;
    private readonly float[] deviations;
    private readonly float[][] rows;
    private readonly float[] weights;
    private readonly Scales scales;
    private readonly KernelRows kernelRows;
    private readonly float[] linear;
    private readonly float constant;

    private GaussianProcess(int[] columns, float[] means, float[] deviations, float[][] rows, float[] weights, Scales scales, double centre)
    {
        (this.columns, this.means, this.deviations, this.rows, this.weights, this.scales, Centre) = (columns, means, deviations, rows, weights, scales, centre);
        kernelRows = new KernelRows([.. rows.Select(scales.Apply)], weights);
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

    /// <summary>Mean of the training targets.</summary>
    public double Centre { get; }

    /// <summary>
    /// Predictions of the rows given to <see cref="Fit"/>, each without the rows of its group; the scales come from the other parts of the
    /// groups, so nothing about the row's group was known, and what was known is nearly as much as the final process knows.
    /// </summary>
    public double[]? OutOfFold { get; private init; }

    /// <summary>Similarity of each of these rows to the nearest row of another group.</summary>
    public double[]? OutOfFoldSimilarity { get; private init; }

    public static GaussianProcess Fit(float[][] features, double[] targets, IReadOnlyList<string> groups, int seed, CancellationToken cancellationToken, IReadOnlyList<int>? candidates = null, bool isCalibrated = true)
    {
        var kept = Thinned(groups, seed);
        var (columns, means, deviations) = Standardisation([.. kept.Select(row => features[row])], candidates ?? [.. Enumerable.Range(0, features[0].Length)]);
        var inputs = kept.Select(row => Standardise(features[row], columns, means, deviations)).ToArray();
        var centre = kept.Average(row => targets[row]);
        var centred = kept.Select(row => targets[row] - centre).ToArray();
        var groupOf = GroupNumbers([.. kept.Select(row => groups[row])]);
        var search = new ScaleFinder(inputs, centred, seed);

        var scales = search.Run(Search.Rows, Search.Steps, _ => true, cancellationToken);
        var (alpha, _) = Solve(inputs, centred, scales);
        var process = new GaussianProcess(columns, means, deviations, inputs, Array.ConvertAll(alpha, value => (float)value), scales, centre);

        if (!isCalibrated)
        {
            return process;
        }

        var (outOfFold, similarity) = (new double[inputs.Length], new double[inputs.Length]);
        var parts = Math.Min(CalibrationParts, groupOf.Max() + 1);
        for (var part = 0; part < parts; part++)
        {
            var inPart = part;
            var others = parts < 3 ? scales : search.Run(PartSearch.Rows, PartSearch.Steps, row => groupOf[row] % parts != inPart, cancellationToken);
            var (partAlpha, inverse) = Solve(inputs, centred, others);
            LeaveGroupsOut(inverse, partAlpha, centred, groupOf, group => group % parts == inPart, outOfFold);
            NearestOutside([.. inputs.Select(others.Apply)], groupOf, group => group % parts == inPart, similarity);
        }

        return process.With(outOfFold, similarity, kept, features);
    }

    /// <summary>The prediction, and how near the nearest training row lies (1 the same, 0 far).</summary>
    public (double Value, double Similarity) Predict(float[] features)
    {
        var raw = Standardise(features, columns, means, deviations);
        var (bent, nearest) = kernelRows.Evaluate(scales.Apply(raw));
        var value = bent * scales.Signal;
        for (var column = 0; column < raw.Length; column++)
        {
            value += linear[column] * raw[column];
        }

        return (value + constant + Centre, nearest);
    }

    /// <summary>Rows that were thinned out are predicted as new ones: their groups took no part.</summary>
    private GaussianProcess With(double[] outOfFold, double[] similarity, int[] kept, float[][] features)
    {
        var (all, near) = (new double[features.Length], new double[features.Length]);
        var keptRows = new bool[features.Length];
        for (var index = 0; index < kept.Length; index++)
        {
            (all[kept[index]], near[kept[index]], keptRows[kept[index]]) = (outOfFold[index] + Centre, similarity[index], true);
        }

        for (var row = 0; row < features.Length; row++)
        {
            if (!keptRows[row])
            {
                (all[row], near[row]) = Predict(features[row]);
            }
        }

        return new GaussianProcess(columns, means, deviations, rows, weights, scales, Centre) { OutOfFold = all, OutOfFoldSimilarity = near };
    }

    private static int[] Thinned(IReadOnlyList<string> groups, int seed)
    {
        var names = groups.Distinct().Order(StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(names);
        var sizes = groups.GroupBy(group => group).ToDictionary(rows => rows.Key, rows => rows.Count());
        var chosen = new HashSet<string>();
        var count = 0;
        foreach (var name in names)
        {
            if (chosen.Count == 0 || count + sizes[name] <= MaximumRows)
            {
                chosen.Add(name);
                count += sizes[name];
            }
        }

        return [.. Enumerable.Range(0, groups.Count).Where(row => chosen.Contains(groups[row]))];
    }

    private static int[] GroupNumbers(string[] groups)
    {
        var numbers = new Dictionary<string, int>();
        return [.. groups.Select(group => numbers.TryGetValue(group, out var number) ? number : numbers[group] = numbers.Count)];
    }

    private static (double[] Alpha, double[][] Inverse) Solve(float[][] inputs, double[] centred, Scales scales)
    {
        var scaled = inputs.Select(scales.Apply).ToArray();
        var count = scaled.Length;
        for (var noise = scales.Noise; ; noise *= 10)
        {
            var kernel = new double[count][];
            for (var i = 0; i < count; i++)
            {
                kernel[i] = new double[count];
            }

            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    kernel[i][j] = kernel[j][i] = (scales.Signal * Matern(ExactSquaredDistance(scaled[i], scaled[j]))) + scales.Trend(inputs[i], inputs[j]);
                }

                kernel[i][i] = scales.Signal + scales.Trend(inputs[i], inputs[i]) + noise;
            }

            var inverse = SymmetricInverse.Of(kernel, out _);
            double[] alpha = [.. inverse.Select(row => SymmetricInverse.Dot(row, centred, count))];

            // So little noise that rounding eats it: the answer would be no number.
            if (alpha.All(double.IsFinite))
            {
                return (alpha, inverse);
            }
        }
    }

    /// <summary>In double precision: single would make the kernel matrix indefinite where there is hardly any noise.</summary>
    private static double ExactSquaredDistance(float[] left, float[] right)
    {
        double sum = 0;
        for (var index = 0; index < left.Length; index++)
        {
            var difference = (double)left[index] - right[index];
            sum += difference * difference;
        }

        return sum;
    }

    private static void LeaveGroupsOut(double[][] inverse, double[] alpha, double[] centred, int[] groupOf, Func<int, bool> wanted, double[] predicted)
    {
        foreach (var group in Enumerable.Range(0, centred.Length).Where(row => wanted(groupOf[row])).GroupBy(row => groupOf[row]))
        {
            // Rasmussen and Williams 5.4.2 for a block: mu = y - (C_II)^-1 (C y)_I with C the inverse kernel.
            var block = group.ToArray();
            var part = block.Select(i => block.Select(j => inverse[i][j]).ToArray()).ToArray();
            var blockInverse = SymmetricInverse.Of(part, out _);
            var right = block.Select(i => alpha[i]).ToArray();
            for (var i = 0; i < block.Length; i++)
            {
                predicted[block[i]] = centred[block[i]] - SymmetricInverse.Dot(blockInverse[i], right, right.Length);
            }
        }
    }

    private static void NearestOutside(float[][] scaled, int[] groupOf, Func<int, bool> wanted, double[] similarity)
    {
        for (var i = 0; i < scaled.Length; i++)
        {
            if (!wanted(groupOf[i]))
            {
                continue;
            }

            var nearest = float.MaxValue;
            for (var j = 0; j < scaled.Length; j++)
            {
                if (groupOf[i] != groupOf[j])
                {
                    nearest = Math.Min(nearest, SquaredDistance(scaled[i], scaled[j]));
                }
            }

            similarity[i] = nearest == float.MaxValue ? 0 : Matern(nearest);
        }
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

    private static int Bounded(int value, int limit) => value >= 0 && value <= limit ? value : throw new InvalidDataException("The model file is damaged: a length is out of range.");

    private static (int[] Columns, float[] Means, float[] Deviations) Standardisation(float[][] features, IReadOnlyList<int> candidates)
    {
        var kept = new List<int>();
        var means = new List<float>();
        var deviations = new List<float>();
        var seen = new List<float[]>();
        foreach (var column in candidates)
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
            result[index] = Math.Clamp((row[columns[index]] - means[index]) / deviations[index], -FarthestDeviations, FarthestDeviations);
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
