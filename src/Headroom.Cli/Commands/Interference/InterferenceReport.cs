using Headroom.Cli.Reporting;
using Headroom.Interference.Champion;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Models;

namespace Headroom.Cli.Commands.Interference;

/// <summary>The scores of an evaluation as figures and tables.</summary>
internal static class InterferenceReport
{
    private const double Level = 0.9;

    public static Report Make(EvaluationSplit split, IReadOnlyList<Score> scores, int seed) =>
        new("evaluate interference", Machine.Read(), seed, [.. Figures(scores, split.Test.Target.Unit)], [ScoreTable(scores), SplitTable(split)]);

    private static IEnumerable<Figure> Figures(IReadOnlyList<Score> scores, string unit)
    {
        var (champion, cloudFormer) = (Find(ChampionModel.ModelName), Find(ModelTable.CloudFormerName));
        var (boosting, forest) = (Find(ModelTable.GradientBoosting), Find(ModelTable.RandomForest));
        if (champion is not null)
        {
            yield return boosting is null
                ? new Figure("champion.mae", champion.Mae, unit)
                : Figure.Versus("champion.mae", champion.Mae, unit, boosting.Model, boosting.Mae);
            if (boosting is not null)
            {
                yield return new Figure("champion.mae.vs_gradient_boosting", champion.Mae / boosting.Mae, "ratio");
            }

            if (forest is not null)
            {
                yield return new Figure("champion.mae.vs_random_forest", champion.Mae / forest.Mae, "ratio");
            }
        }

        if (cloudFormer is not null)
        {
            yield return new Figure("cloudformer.mae", cloudFormer.Mae, unit);
            if (forest is not null)
            {
                yield return new Figure("cloudformer.mae.vs_random_forest", cloudFormer.Mae / forest.Mae, "ratio");
            }
        }

        if (champion?.Coverage is { } coverage)
        {
            yield return Figure.Versus("champion.coverage", coverage, "ratio", "level", Level);
            yield return new Figure("champion.interval_width", champion.IntervalWidth, unit);
        }

        Score? Find(string model) => scores.FirstOrDefault(score => score.Model == model);
    }

    private static Table ScoreTable(IReadOnlyList<Score> scores) => new(
        "scores",
        ["protocol", "model", "n", "mae", "mae_spread", "mse", "r2", "coverage"],
        [.. scores.OrderBy(score => score.Mae).Select(score => (IReadOnlyList<object?>)
            [score.Protocol.ToString().ToLowerInvariant(), score.Model, score.Count, score.Mae, score.MaeSpread, score.Mse, score.R2, score.Coverage])]);

    private static Table SplitTable(EvaluationSplit split) => new(
        "split",
        ["data", "target", "unit", "train", "test", "left_out", "test_compositions", "test_applications"],
        [[split.Test.Name, split.Test.Target.Name, split.Test.Target.Unit, split.Train.Runs.Count, split.Test.Runs.Count, split.LeftOut, split.Test.Runs.Select(run => run.Composition).Distinct().Count(), split.Test.Runs.Select(run => run.Application).Distinct().Count()]]);
}
