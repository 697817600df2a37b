using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Importers;
using Headroom.Interference.Models;

namespace Headroom.Cli.Commands.Interference;

/// <summary><c>headroom evaluate interference</c>: every model on runs whose neighbours or applications none was fitted on.</summary>
internal static class EvaluateInterference
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder with labelled runs; its own train and val marks decide where it has them." };
        var train = new Option<DirectoryInfo?>("--train") { Description = "Folder to fit on, with --test." };
        var test = new Option<DirectoryInfo?>("--test") { Description = "Folder to score: all its labelled runs; training runs of the same groups are left out." };
        var protocol = new Option<Protocol>("--protocol") { Description = "What is new about scored runs: composition (default), application, or random as a contrast.", DefaultValueFactory = _ => Protocol.Composition };
        var repeats = new Option<int>("--repeats") { Description = "Repeats with a seed each (default 1; the table shows the spread from 2).", DefaultValueFactory = _ => 1 };
        var models = new Option<string[]>("--models") { Description = "all (default), tabular, networks, or names of models.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["all"] };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("interference", "Score the interference models on labelled runs.") { data, train, test, protocol, repeats, models, seed, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                var kind = parsed.GetValue(protocol);
                var split = Splits(parsed.GetValue(data), parsed.GetValue(train), parsed.GetValue(test), kind);
                var chosen = ModelTable.Named(parsed.GetValue(models) ?? ["all"], kind.Novelty());
                var scores = InterferenceEvaluation.Run(
                    kind, chosen, split, parsed.GetValue(repeats), parsed.GetValue(seed), TerminalProgress.Create("evaluate"), cancellationToken);
                ReportWriter.Write(InterferenceReport.Make(split(parsed.GetValue(seed)), scores, parsed.GetValue(seed)), parsed.GetValue(json));
                return Task.FromResult(0);
            }
            catch (Exception error) when (error is InvalidDataException or ArgumentException or Learning.Torch.LearningUnavailableException)
            {
                Console.Error.WriteLine($"headroom evaluate interference: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }

    private static Func<int, EvaluationSplit> Splits(DirectoryInfo? data, DirectoryInfo? train, DirectoryInfo? test, Protocol protocol)
    {
        if (data is not null && train is null && test is null)
        {
            var runs = RunImporters.Read(data.FullName);
            return seed => EvaluationData.Split(runs, protocol, seed);
        }

        if (data is not null || train is null || test is null)
        {
            throw new ArgumentException("Expected --data DIR, or --train DIR with --test DIR2.");
        }

        if (train.FullName == test.FullName)
        {
            return Splits(train, null, null, protocol);
        }

        var fixedSplit = EvaluationData.Split(RunImporters.Read(train.FullName), RunImporters.Read(test.FullName), protocol);
        return _ => fixedSplit;
    }
}
