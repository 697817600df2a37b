namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Least and largest value of every feature over some rows.</summary>
internal sealed record FeatureRange(float[] Lowest, float[] Highest)
{
    /// <summary>A value this share of the range beyond its ends still counts as inside.</summary>
    private const float Margin = 0.1f;
    private const float LeastMargin = 0.01f;

    public static FeatureRange Of(IReadOnlyCollection<TrainingRow> rows)
    {
        var width = DesignFeatures.Names.Count;
        var (lowest, highest) = (new float[width], new float[width]);
        for (var column = 0; column < width; column++)
        {
            lowest[column] = rows.Count == 0 ? 0 : rows.Min(row => row.Features[column]);
            highest[column] = rows.Count == 0 ? 0 : rows.Max(row => row.Features[column]);
        }

        return new FeatureRange(lowest, highest);
    }

    public bool Varies(int column) => Lowest[column] < Highest[column];

    public bool Holds(int column, float value)
    {
        var margin = Math.Max(LeastMargin, Margin * (Highest[column] - Lowest[column]));
        return value >= Lowest[column] - margin && value <= Highest[column] + margin;
    }
}

/// <summary>The range every feature had in training, over all designs and family by family; outside it a prediction is a guess.</summary>
internal sealed record FeatureRanges(FeatureRange All, IReadOnlyDictionary<string, FeatureRange> Families)
{
    public static FeatureRanges Of(IReadOnlyCollection<TrainingRow> rows) => new(
        FeatureRange.Of(rows),
        rows.GroupBy(row => row.Region.Family).ToDictionary(family => family.Key, family => FeatureRange.Of([.. family])));

    /// <summary>
    /// What of a design lies outside, in words; empty when all is inside. A column that never varied in any family tells nothing about its effect
    /// (the part, for example): it does not count.
    /// </summary>
    public IReadOnlyList<string> Outside(string family, float[] features)
    {
        var known = Families.GetValueOrDefault(family);
        var range = known ?? All;
        var names = new List<string>();
        if (known is null)
        {
            names.Add($"no design of this kind ({family})");
        }

        for (var column = 0; column < features.Length; column++)
        {
            if (All.Varies(column) && !range.Holds(column, features[column]))
            {
                names.Add(DesignFeatures.Names[column]);
            }
        }

        return names;
    }
}
