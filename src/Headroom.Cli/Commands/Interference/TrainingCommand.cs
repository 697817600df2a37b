using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Interference.Importers;
using Headroom.Interference.Runs;
using Headroom.Interference.Training;

namespace Headroom.Cli.Commands.Interference;

/// <summary>What the trainings of served models share: read a folder, score on left-out groups, fit on all, write the file, say how it did.</summary>
internal static class TrainingCommand
{
    public static Option<DirectoryInfo> Data(string description) => new("--data") { Description = description, Required = true };

    public static Option<int> Repeats() => new("--repeats") { Description = "Times that groups are left out and scored before the model is fitted on everything (default 2).", DefaultValueFactory = _ => 2 };

    public delegate TrainedChampion Training(RunSet runs, string path, int repeats, int seed, TimeProvider clock, IProgress<double>? progress, CancellationToken cancellationToken);

    public static int Run(string command, DirectoryInfo data, FileInfo output, int repeats, int seed, bool json, Training train, CancellationToken cancellationToken)
    {
        try
        {
            var runs = RunImporters.Read(data.FullName);
            output.Directory?.Create();
            var trained = train(runs, output.FullName, repeats, seed, TimeProvider.System, TerminalProgress.Create("train"), cancellationToken);
            ReportWriter.Write(Report(command, trained, output, seed), json);
            return 0;
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or IOException)
        {
            Console.Error.WriteLine($"headroom {command}: {error.Message}");
            return 1;
        }
    }

    private static Report Report(string command, TrainedChampion trained, FileInfo output, int seed)
    {
        var champion = trained.Scores[0];
        return new Report(
            command,
            Machine.Read(),
            seed,
            [
                new Figure("model.rows", trained.Card.TrainingRows, "rows"),
                new Figure("model.features", trained.Card.Schema.Count, "1"),
                new Figure("model.bytes", new FileInfo(output.FullName).Length, "bytes"),
                Figure.Versus("model.mae_left_out", champion.Mae, "ratio", trained.Scores[1].Model, trained.Scores[1].Mae),
                new Figure("model.coverage_left_out", champion.Coverage, "ratio"),
            ],
            [
                new Table("card", ["field", "value"],
                [
                    ["id", trained.Card.Id], ["file", output.FullName], ["data", trained.Card.TrainingData], ["checksum", trained.Card.TrainingChecksum], ["architecture", string.Join("; ", trained.Card.Architecture)],
                ]),
                new Table("left_out", ["protocol", "model", "n", "mae", "mae_spread", "coverage", "interval_width"],
                    [.. trained.Scores.Select(score => (IReadOnlyList<object?>)[score.Protocol.ToString().ToLowerInvariant(), score.Model, score.Count, score.Mae, score.MaeSpread, score.Coverage, score.IntervalWidth])]),
                new Table("features", ["feature"], [.. trained.Card.Schema.Select(line => (IReadOnlyList<object?>)[line])]),
            ]);
    }
}
