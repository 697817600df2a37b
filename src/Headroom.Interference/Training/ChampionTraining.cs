using Headroom.Interference.Champion;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Live;
using Headroom.Interference.ModelFiles;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Learning.ModelFiles;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Training;

/// <summary>What a training made.</summary>
/// <param name="Card">Card of the model file.</param>
/// <param name="Champion">The model.</param>
/// <param name="Scores">How the same recipe did on groups that were left out, beside naive rivals.</param>
public sealed record TrainedChampion(ModelCard Card, FittedChampion Champion, IReadOnlyList<Score> Scores);

/// <summary>Trains the model that is served: scored on groups that were left out first, then fitted on everything.</summary>
public static class ChampionTraining
{
    /// <summary>The model of live workloads. A live workload is none of those in training, so whole applications are left out for weights, intervals and scores.</summary>
    /// <param name="campaign">Runs of <c>headroom calibrate</c>.</param>
    /// <exception cref="InvalidDataException">The runs cannot be served live, or there are too few of them.</exception>
    public static TrainedChampion ForLive(
        RunSet campaign, string path, int repeats, int seed, TimeProvider clock, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Run(LiveFeatures.Of(campaign.Labelled()), Protocol.Application, path, repeats, seed, clock, progress, cancellationToken);

    /// <summary>The model of GPU pairs. The jobs of a pair are usually known, their pairing is not, so whole pairs are left out.</summary>
    /// <param name="pairs">Runs of GPU pairs.</param>
    public static TrainedChampion ForPairs(
        RunSet pairs, string path, int repeats, int seed, TimeProvider clock, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Run(pairs.Labelled(), Protocol.Composition, path, repeats, seed, clock, progress, cancellationToken);

    private static TrainedChampion Run(
        RunSet runs, Protocol protocol, string path, int repeats, int seed, TimeProvider clock, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        IInterferenceModel[] models = [new ChampionModel(protocol.Novelty()), new TabularModel(new TrainMeanRegressor()), new TabularModel(new ConstantRegressor(1))];
        var scores = InterferenceEvaluation.Run(protocol, models, split => EvaluationData.Split(Unmarked(runs), protocol, split), repeats, seed, progress, cancellationToken);
        var champion = new ChampionModel(protocol.Novelty()).Fit(runs, seed, cancellationToken);
        var card = ChampionFile.Save(path, champion, runs, seed, clock.GetUtcNow(), Metrics(scores, runs.Target.Unit));
        return new TrainedChampion(card, champion, scores);
    }

    // The source's own marks would score the same rows in every repeat.
    private static RunSet Unmarked(RunSet runs) => runs.With(runs.Runs.Select(run => run with { Split = null }));

    private static Dictionary<string, double> Metrics(IReadOnlyList<Score> scores, string unit)
    {
        var metrics = new Dictionary<string, double>();
        foreach (var score in scores)
        {
            metrics[score.Model == ChampionModel.ModelName ? $"mae [{unit}]" : $"mae of {score.Model} [{unit}]"] = score.Mae;
            if (score.Coverage is { } coverage)
            {
                metrics["coverage [1]"] = coverage;
            }
        }

        return metrics;
    }
}
