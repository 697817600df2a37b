using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Headroom.Cli.Reporting;
using Headroom.Fpga.Evaluation;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates;
using Headroom.Fpga.Surrogates.Champion;
using Headroom.Fpga.Surrogates.Inference;
using Headroom.Fpga.Surrogates.Rivals;
using Headroom.Fpga.Surrogates.Torch;
using Headroom.Learning.Torch;
using Headroom.Learning.Training;

namespace Headroom.Cli.Commands.Fpga;

/// <summary><c>headroom evaluate fpga</c>: every model on the rows of a data set that none was fitted on.</summary>
internal static class EvaluateFpga
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder with synthesis records; rows not marked train are scored.", Required = true };
        var train = new Option<DirectoryInfo[]>("--train") { Description = "Folders to fit on instead of the train rows of --data. Where neither has any, the model that comes along is scored.", AllowMultipleArgumentsPerToken = true };
        var models = new Option<string[]>("--models")
        {
            Description = $"Rivals to score beside the champion: {string.Join(", ", DesignModels.All().Select(model => model.Name))}, all, tables (without the networks, which train for minutes) or none (default: all).",
            AllowMultipleArgumentsPerToken = true,
        };
        var epochs = new Option<int?>("--epochs", "--network-epochs") { Description = "Most epochs each network trains, however long that takes (default: as many as --network-designs allows; the papers train 200)." };
        var designs = new Option<int?>("--network-designs")
        {
            Description = $"Most designs each network sees over all its epochs (default {TorchModels.MlpDesigns} for the MLP, {TorchModels.TransformerDesigns} for the transformer, {TorchModels.GraphNetDesigns} for the GNN: minutes on two cores).",
        };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("fpga", "Score resource, latency and synthesis-success models on synthesis records.") { data, train, models, designs, epochs, json, seed };
        command.SetAction((result, cancellationToken) =>
        {
            var report = Run(
                result.GetValue(data)!, result.GetValue(train) ?? [], DesignModels.Named(result.GetValue(models) ?? [], new NetworkBudget(result.GetValue(designs), result.GetValue(epochs)), ReportEpoch), result.GetValue(seed), cancellationToken);
            ReportWriter.Write(report, result.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Report Run(DirectoryInfo data, DirectoryInfo[] train, IReadOnlyList<IDesignModel> rivals, int seed, CancellationToken cancellationToken)
    {
        var (fitted, scored) = FpgaEvaluation.Split(
            RecordFolder.Read(data.FullName), train.Length == 0 ? null : [.. train.SelectMany(folder => RecordFolder.Read(folder.FullName))]);

        // Records without a training part of their own are scored by the model that comes along.
        var champion = fitted.Count == 0 ? ShippedModel.Champion : ChampionModel.Train(fitted, seed, cancellationToken);
        var scores = new List<Score>(FpgaEvaluation.Scores(ChampionModel.ModelName, champion, scored));
        var networks = new List<(string Name, NetworkTraining Training, TimeSpan Time)>();
        foreach (var rival in fitted.Count == 0 ? [] : rivals)
        {
            try
            {
                var start = Stopwatch.GetTimestamp();
                var model = rival.Fit(fitted, seed, cancellationToken);
                if (model is IFittedNetwork network)
                {
                    networks.Add((rival.Name, network.Training, Stopwatch.GetElapsedTime(start)));
                }

                scores.AddRange(FpgaEvaluation.Scores(rival.Name, model, scored));
            }
            catch (LearningUnavailableException noTorch)
            {
                Console.Error.WriteLine($"{rival.Name} is left out: {noTorch.Message}");
            }
        }

        List<Table> tables = [FpgaTables.Scores(scores), FpgaTables.Intervals(champion, scored), FpgaTables.Rules(scored)];
        if (networks.Count > 0)
        {
            tables.Add(FpgaTables.Networks(networks));
        }

        if (scored.Count <= FpgaTables.MostRecordsListed)
        {
            tables.Add(FpgaTables.Records(champion, scored));
        }

        if (scored.Any(record => record.Source == RecordFolder.WaHls4mlSource))
        {
            tables.Add(FpgaTables.Published());
        }

        return new Report("evaluate fpga", Machine.Read(), seed, [new Figure("records.scored", scored.Count, "records"), new Figure("records.trained", fitted.Count, "records"), .. Figures(scores, champion, scored)], tables);
    }

    private static void ReportEpoch(string model, TrainingProgress progress)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model}: epoch {progress.Epoch} of {progress.Epochs}, loss {progress.TrainLoss:0.0000}, held out {progress.ValidationLoss:0.0000}"));
        }
    }

    private static IEnumerable<Figure> Figures(IReadOnlyList<Score> scores, FittedChampion champion, IReadOnlyList<SynthesisRecord> scored)
    {
        foreach (var score in scores.Where(score => score.Group == FpgaEvaluation.AllGroups && score.Model == ChampionModel.ModelName))
        {
            var target = score.Target.Name();
            var boosting = scores.FirstOrDefault(other => other.Group == score.Group && other.Target == score.Target && other.Model == RivalTable.RawBoosting);
            yield return boosting is null
                ? new Figure($"champion.smape.{target}", score.SmapePercent, "%")
                : Figure.Versus($"champion.smape.{target}", score.SmapePercent, "%", boosting.Model, boosting.SmapePercent);
            yield return new Figure($"champion.r2.{target}", score.R2, "ratio");
            yield return new Figure($"champion.coverage.{target}", score.CoverageRatio, "ratio", "level", TargetLevel);
        }

        if (FpgaEvaluation.MeanSmape(scores) is { } mean)
        {
            yield return Figure.Versus("champion.smape_mean", mean.Champion, "%", RivalTable.RawBoosting, mean.Boosting);
            yield return new Figure("champion.smape_mean.vs_gradient_boosting", mean.Champion / mean.Boosting, "ratio");
        }

        if (FpgaEvaluation.SuccessAccuracy(champion, scored) is { } accuracy)
        {
            yield return new Figure("synthesis.accuracy", accuracy, "ratio");
        }
    }

    private const double TargetLevel = 0.9;
}
