namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>The range every feature had in training; outside it a prediction is a guess.</summary>
internal sealed record FeatureRanges(float[] Lowest, float[] Highest)
{
    public static FeatureRanges Of(IReadOnlyList<TrainingRow> rows)
    {
        var width = DesignFeatures.Names.Count;
        var lowest = new float[width];
        var highest = new float[width];
        for (var column = 0; column < width; column++)
        {
            lowest[column] = rows.Count == 0 ? 0 : rows.Min(row => row.Features[column]);
            highest[column] = rows.Count == 0 ? 0 : rows.Max(row => row.Features[column]);
        }

        return new FeatureRanges(lowest, highest);
    }

    /// <summary>
    /// Names of the features that lie outside, empty when all are inside. A column that never varied tells nothing about its effect (the part, for
    /// example): it does not count.
    /// </summary>
    public IReadOnlyList<string> Outside(float[] features)
    {
        const float slack = 0.01f;
        var names = new List<string>();
        for (var column = 0; column < features.Length; column++)
        {
            if (Lowest[column] == Highest[column])
            {
                continue;
            }

            if (features[column] < Lowest[column] - slack || features[column] > Highest[column] + slack)
            {
                names.Add(DesignFeatures.Names[column]);
            }
        }

        return names;
    }
}
