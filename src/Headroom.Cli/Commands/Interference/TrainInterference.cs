using System.CommandLine;
using Headroom.Interference.Training;

namespace Headroom.Cli.Commands.Interference;

/// <summary><c>headroom train interference</c>: the model that is served for live workloads, from runs of <c>headroom calibrate</c>.</summary>
internal static class TrainInterference
{
    public static Command Create()
    {
        var data = TrainingCommand.Data("Folder of a campaign of headroom calibrate: runs.csv and its recordings.");
        var output = new Option<FileInfo>("--out") { Description = "Where the model file goes.", Required = true };
        var repeats = TrainingCommand.Repeats();
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("interference", "Train the model that predicts what neighbours cost live workloads.") { data, output, repeats, seed, json };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(TrainingCommand.Run(
            "train interference", parsed.GetValue(data)!, parsed.GetValue(output)!, parsed.GetValue(repeats), parsed.GetValue(seed), parsed.GetValue(json), ChampionTraining.ForLive, cancellationToken)));
        return command;
    }
}
