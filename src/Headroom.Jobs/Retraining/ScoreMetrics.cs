using Headroom.Learning.Promotion;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;

namespace Headroom.Jobs.Retraining;

/// <summary>A comparison as the numbers that the registry keeps of one of the two.</summary>
internal static class ScoreMetrics
{
    public static IEnumerable<ModelMetric> Of(string source, PairedScore score, bool challenger)
    {
        yield return new ModelMetric(source, ModelMetricRow.Everything, "mae", challenger ? score.ChallengerMae : score.ChampionMae, "ratio", score.Rows);
        if (challenger)
        {
            yield return new ModelMetric(source, ModelMetricRow.Everything, "coverage", score.Coverage, "1", score.Rows);
        }

        foreach (var slice in score.Slices)
        {
            yield return new ModelMetric(source, slice.Slice, "mae", challenger ? slice.ChallengerMae : slice.ChampionMae, "ratio", slice.Rows);
        }
    }
}
