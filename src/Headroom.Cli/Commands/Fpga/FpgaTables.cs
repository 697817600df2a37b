using Headroom.Cli.Reporting;
using Headroom.Fpga.Evaluation;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates;
using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Cli.Commands.Fpga;

/// <summary>The tables of the FPGA commands.</summary>
internal static class FpgaTables
{
    /// <summary>More records than this are not listed one by one.</summary>
    public const int MostRecordsListed = 64;

    public static Table Scores(IReadOnlyList<Score> scores) => new(
        "scores",
        ["group", "target", "model", "n", "mae", "rmse", "r2", "smape", "coverage"],
        [.. scores.OrderBy(score => score.Group == FpgaEvaluation.AllGroups ? "" : score.Group, StringComparer.Ordinal).ThenBy(score => score.Target).ThenBy(score => score.SmapePercent)
            .Select(score => (IReadOnlyList<object?>)[score.Group, score.Target.Name(), score.Model, score.Count, score.Mae, score.Rmse, score.R2, score.SmapePercent, score.CoverageRatio])]);

    public static Table Rules(IReadOnlyList<SynthesisRecord> records) => new(
        "rules",
        ["source", "rule", "domain", "n", "exact", "hit_ratio"],
        [.. RuleHits.Count(records).Select(hit => (IReadOnlyList<object?>)[hit.Source, hit.Rule, hit.Domain, hit.Count, hit.Exact, hit.HitRatio])]);

    public static Table Intervals(FittedChampion champion, IReadOnlyList<SynthesisRecord> scored) => new(
        "intervals",
        ["target", "n", "coverage", "coverage_margin_95", "coverage_in_doubt", "exact_ratio", "point_interval_ratio", "median_width_ratio", "mean_width_ratio", "interval_score", "exact_targets"],
        [.. IntervalQuality.Of(champion, scored).Select(row => (IReadOnlyList<object?>)
            [row.Target.Name(), row.Count, row.CoverageRatio, row.CoverageMargin, row.DoubtCoverageRatio, row.ExactRatio, row.PointRatio, row.MedianWidthRatio, row.MeanWidthRatio, row.MeanScore, row.Treatment])]);

    /// <summary>How the networks of the literature were trained here.</summary>
    public static Table Networks(IEnumerable<(string Name, NetworkTraining Training, TimeSpan Time)> networks) => new(
        "networks",
        ["model", "parameters", "epochs", "best_epoch", "training_s"],
        [.. networks.Select(network => (IReadOnlyList<object?>)[network.Name, network.Training.Parameters, network.Training.Epochs, network.Training.BestEpoch, network.Time.TotalSeconds])]);

    /// <summary>Truth and prediction of every record, where they are few.</summary>
    public static Table Records(FittedChampion champion, IReadOnlyList<SynthesisRecord> scored)
    {
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var target in Targets.All.Where(champion.Knows))
        {
            foreach (var (estimate, record) in champion.Predict(scored, target).Zip(scored))
            {
                var scale = target == Target.Bram ? record.PrintedPerBlockRam18 : 1;
                rows.Add([record.Subset, record.Id, target.Name(), record[target] * scale, estimate?.Value * scale, estimate?.Lower * scale, estimate?.Upper * scale]);
            }
        }

        return new Table("records", ["group", "record", "target", "truth", "predicted", "lower", "upper"], [.. rows.OrderBy(row => (string)row[0]!, StringComparer.Ordinal).ThenBy(row => (string)row[1]!, StringComparer.Ordinal)]);
    }

    public static Table Published() => new(
        "published",
        ["origin", "model", "target", "smape"],
        [.. PublishedScores.All.Select(score => (IReadOnlyList<object?>)[PublishedScores.Origin, score.Model, score.Target.Name(), score.SmapePercent])]);
}
