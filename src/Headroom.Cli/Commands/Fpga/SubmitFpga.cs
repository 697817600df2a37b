using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Fpga.Evaluation;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Cli.Commands.Fpga;

/// <summary><c>headroom fpga submit</c>: writes the submission file of the wa-hls4ml benchmark and scores it as the benchmark does.</summary>
internal static class SubmitFpga
{
    private const int BatchSize = 2048;

    public static Command Create()
    {
        var data = new Option<FileSystemInfo>("--data") { Description = "Folder or file with wa-hls4ml records; read record by record, whatever its size.", Required = true };
        var train = new Option<DirectoryInfo[]>("--train") { Description = "Folders to fit on first.", AllowMultipleArgumentsPerToken = true };
        var model = new Option<FileInfo?>("--model") { Description = "Model file of headroom train fpga (default: the shipped model)." };
        var output = new Option<FileInfo>("--out") { Description = "Where the CSV goes.", Required = true };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("submit", "Write and score a submission to the wa-hls4ml benchmark.") { data, train, model, output, json, seed };
        command.SetAction((result, cancellationToken) =>
        {
            var predictor = Predictor(result.GetValue(model), result.GetValue(train) ?? [], result.GetValue(seed), cancellationToken);
            ReportWriter.Write(Run(predictor, result.GetValue(data)!, result.GetValue(output)!, result.GetValue(seed), cancellationToken), result.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static IDesignPredictor Predictor(FileInfo? model, DirectoryInfo[] train, int seed, CancellationToken cancellationToken)
    {
        if (model is not null)
        {
            return ModelFile.Read(model.FullName);
        }

        if (train.Length == 0)
        {
            return ShippedModel.Load();
        }

        var (champion, card) = ModelTraining.Run([.. train.SelectMany(folder => RecordFolder.Read(folder.FullName))], "submission", seed, TimeProvider.System, cancellationToken);
        return new ChampionPredictor(champion, card);
    }

    private static Report Run(IDesignPredictor predictor, FileSystemInfo data, FileInfo output, int seed, CancellationToken cancellationToken)
    {
        var benchmark = new Benchmark();
        var samples = 0;
        output.Directory?.Create();
        using (var file = output.CreateText())
        {
            file.WriteLine(Benchmark.Header);
            foreach (var batch in RecordFolder.Stream(data.FullName).Chunk(BatchSize))
            {
                var answers = predictor.Predict([.. batch.Select(record => new DesignQuestion(record.Design.Network, record.Design.Configuration, record.Available))], cancellationToken);
                foreach (var (record, answer) in batch.Zip(answers))
                {
                    var predicted = answer.Targets.ToDictionary(entry => entry.Target, entry => entry.Value);
                    file.WriteLine(Benchmark.Line(record, predicted));
                    benchmark.Add(record, predicted);
                    samples++;
                }
            }
        }

        return new Report(
            "fpga submit",
            Machine.Read(),
            seed,
            [new Figure("submission.samples", samples, "samples")],
            [
                new Table("benchmark", ["group", "target", "n", "r2", "smape", "rmse"],
                    [.. benchmark.Scores().Select(score => (IReadOnlyList<object?>)[score.Group, score.Target.Name(), score.Count, score.R2, score.SmapePercent, score.Rmse])]),
                FpgaTables.Published(),
            ]);
    }
}
