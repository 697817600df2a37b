namespace Headroom.Learning.Scaling;

/// <summary>A <see cref="StandardScaler"/> that reads columns over several magnitudes by their logarithm: those that are never negative and deviate by more than their mean.</summary>
/// <param name="Logarithmic">Per column.</param>
/// <param name="Scaler">Learnt after the logarithms.</param>
public sealed record SkewScaler(bool[] Logarithmic, StandardScaler Scaler)
{
    /// <summary>Learns from training rows (rows x columns).</summary>
    /// <exception cref="ArgumentException">No row, or rows of different width.</exception>
    public static SkewScaler Fit(float[][] rows)
    {
        var plain = StandardScaler.Fit(rows);
        var logarithmic = Enumerable.Range(0, plain.Means.Count)
            .Select(column => plain.Deviations[column] > plain.Means[column] && rows.All(row => !(row[column] < 0)) && rows.Any(row => row[column] > 1)).ToArray();
        return new SkewScaler(logarithmic, StandardScaler.Fit(rows.Select(row => Straighten(row, logarithmic))));
    }

    public float[] Transform(float[] row) => Scaler.Transform(Straighten(row, Logarithmic));

    private static float[] Straighten(float[] row, bool[] logarithmic) =>
        [.. row.Select((value, column) => column < logarithmic.Length && logarithmic[column] ? MathF.Log(1 + Math.Max(value, 0)) : value)];
}
