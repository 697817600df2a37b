using Headroom.Interference.Runs;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Interference.Live;

/// <summary>One step of a feature block: the mean over the entities it describes, metric by metric. Training and serving make their blocks here.</summary>
internal static class BlockMean
{
    /// <param name="block">Whose behaviour it describes.</param>
    /// <param name="kind">Kind of the entities.</param>
    /// <param name="vectors">Their values at this step.</param>
    /// <returns>One value per metric of the catalogue; NaN where none reports it.</returns>
    public static float[] Of(FeatureBlock block, EntityKind kind, IReadOnlyList<MetricVector> vectors)
    {
        var mean = new float[MetricCatalogue.Current.For(kind).Count];

        // Neighbours that are not there use nothing, which is known; what one that is there does not report is missing.
        if (block == FeatureBlock.Neighbours && vectors.Count == 0)
        {
            return mean;
        }

        for (var metric = 0; metric < mean.Length; metric++)
        {
            var present = vectors.Where(vector => metric < vector.Length && vector.IsPresent(metric)).Select(vector => vector.Values[metric]).ToArray();
            mean[metric] = present.Length == 0 ? float.NaN : present.Average();
        }

        return mean;
    }
}
