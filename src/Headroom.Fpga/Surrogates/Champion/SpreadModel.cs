using Headroom.Learning.Tabular;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// How far off a prediction may be. A ridge regression learns the logarithm of the usual out-of-fold error from the features, the prediction, the distance of
/// training rows and the quarrel of the members; conformal quantiles per region stretch it so that the wanted share of truths lies inside (CV+ of Barber et al. 2021 with
/// locally weighted scores, Mondrian by region). A straight line, held back strongly, because the rows of a few dozen architectures say little more about
/// errors. A row met exactly has the score zero: where nine of ten rows
/// are met exactly, the interval is the value itself and covers as often as it is right.
/// </summary>
internal sealed class SpreadModel
{
    /// <summary>Errors below this, in ln(1 + count), count as alike; so do disagreements.</summary>
    private const double SmallestError = 1e-3;

    /// <summary>Distances (one minus the similarity) below this count as none.</summary>
    private const double SmallestDistance = 1e-6;

    private const double NoError = 1e-12;
    private const int MinimumRows = 10;

    /// <summary>How many architectures the other regions count for beside a region's own: with few of its own, its quantile leans on theirs.</summary>
    private const double BorrowedArchitectures = 20;

    /// <summary>Penalty on the squared coefficients, in rows: a prior as strong as this many rows that the size is the same everywhere.</summary>
    private const double PriorRows = 200;

    public static IReadOnlyList<string> Columns { get; } = [.. DesignFeatures.Names, "prediction", "similarity", "ln_distance", "ln_disagreement"];

    /// <summary>ln of the usual error, per row of <see cref="Columns"/>.</summary>
    public required LinearModel Size { get; init; }

    /// <summary>How the interval of each region is made.</summary>
    public required IReadOnlyDictionary<string, Width> Widths { get; init; }

    /// <summary>The same for regions with too few rows.</summary>
    public required Width Pooled { get; init; }

    /// <summary>Share of out-of-fold truths inside, 0 to 1.</summary>
    public double CalibrationCoverageRatio { get; init; }

    /// <param name="features">Of the design.</param>
    /// <param name="prediction">ln(1 + count).</param>
    /// <param name="similarity">To the nearest training row, 1 the same, 0 far.</param>
    /// <param name="disagreement">Of the members, in ln(1 + count).</param>
    public static float[] Inputs(float[] features, double prediction, double similarity, double disagreement) =>
        [.. features, (float)prediction, (float)similarity, (float)Math.Log(Math.Max(SmallestDistance, 1 - similarity)), (float)Math.Log(disagreement + SmallestError)];

    /// <summary>Learns from out-of-fold errors.</summary>
    /// <param name="inputs">Rows of <see cref="Columns"/>.</param>
    /// <param name="errors">|ln(1 + truth) - ln(1 + prediction)| of a model that had not seen the row's architecture.</param>
    public static SpreadModel Fit(float[][] inputs, double[] errors, string[] regions, string[] groups, int[] foldOf, CancellationToken cancellationToken)
    {
        var set = new TabularSet(Columns, inputs, Array.ConvertAll(errors, error => Math.Log(error + SmallestError)), groups);
        var sizes = OutOfFold.Predict(set, foldOf, Line, cancellationToken);
        var scores = errors.Select((error, row) => error / Math.Exp(sizes[row])).ToArray();
        var all = Enumerable.Range(0, scores.Length).ToArray();
        var pooled = WidthOf(all, [], 1, scores, errors);
        var widths = all.GroupBy(row => regions[row]).Where(rows => rows.Count() >= MinimumRows).ToDictionary(rows => rows.Key, rows =>
        {
            var architectures = rows.Select(row => groups[row]).Distinct().Count();
            return WidthOf([.. rows], [.. all.Where(row => regions[row] != rows.Key)], architectures / (architectures + BorrowedArchitectures), scores, errors);
        });
        var half = all.Select(row => widths.GetValueOrDefault(regions[row], pooled).Of(Math.Exp(sizes[row])));
        return new SpreadModel
        {
            Size = Line(set, cancellationToken),
            Pooled = pooled,
            Widths = widths,
            CalibrationCoverageRatio = half.Zip(errors, (width, error) => error <= width ? 1.0 : 0.0).Average(),
        };
    }

    /// <summary>Half width of the interval in ln(1 + count), per row of <see cref="Columns"/>.</summary>
    public double[] HalfWidths(float[][] inputs, IReadOnlyList<string> regions)
    {
        var sizes = Size.Predict(inputs);
        return [.. sizes.Select((size, row) => Widths.GetValueOrDefault(regions[row], Pooled).Of(Math.Exp(size)))];
    }

    private static LinearModel Line(TabularSet set, CancellationToken cancellationToken) =>
        (LinearModel)new RidgeRegressor(PriorRows / set.Count).Fit(set, 0, cancellationToken);

    /// <param name="own">Rows of the region.</param>
    /// <param name="others">All other rows.</param>
    /// <param name="ownShare">Weight of the region's rows together, 0 to 1.</param>
    private static Width WidthOf(int[] own, int[] others, double ownShare, double[] scores, double[] errors)
    {
        var largest = own.Max(row => errors[row]);
        if (own.Count(row => errors[row] < NoError) >= TargetTraining.Level * (own.Length + 1))
        {
            return new Width(0, largest);
        }

        var ownWeight = (others.Length == 0 ? 1 : ownShare) / own.Length;
        var otherWeight = others.Length == 0 ? 0 : (1 - ownShare) / others.Length;
        return new Width(Quantile([.. own.Select(row => (scores[row], ownWeight)), .. others.Select(row => (scores[row], otherWeight))], ownWeight), largest);
    }

    /// <summary>
    /// The weighted conformal quantile (Tibshirani et al. 2019), drawn straight between neighbouring scores: the next larger score would cover more
    /// than was promised where scores are few.
    /// </summary>
    private static double Quantile((double Score, double Weight)[] scores, double newWeight)
    {
        var sorted = scores.OrderBy(score => score.Score).ToArray();
        var wanted = TargetTraining.Level * (sorted.Sum(score => score.Weight) + newWeight);
        double seen = 0, before = 0;
        foreach (var (score, weight) in sorted)
        {
            if (seen + weight >= wanted)
            {
                return before + ((score - before) * (wanted - seen) / weight);
            }

            (seen, before) = (seen + weight, score);
        }

        return sorted[^1].Score;
    }
}

/// <summary>Half width in ln(1 + count): the expected error times the stretch; never more than the largest error seen.</summary>
internal sealed record Width(double Stretch, double Largest)
{
    public double Of(double size) => Stretch == 0 ? 0 : Math.Min(Largest, Stretch * size);
}
