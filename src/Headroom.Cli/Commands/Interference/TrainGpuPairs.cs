using System.CommandLine;
using Headroom.Interference.GpuPairs;
using Headroom.Interference.Training;

namespace Headroom.Cli.Commands.Interference;

/// <summary><c>headroom train gpu-pairs</c>: the model behind "may these two share a GPU?". The public pair sets may not be passed on, so everyone trains it.</summary>
internal static class TrainGpuPairs
{
    public static Command Create()
    {
        var data = TrainingCommand.Data("Folder in the layout of interference-gpu-pairs-lucid or -gavel: pairs.csv.");
        var output = new Option<FileInfo>("--out") { Description = $"Where the model file goes (default {GpuPairFile.DefaultPath}, where the server looks).", DefaultValueFactory = _ => new FileInfo(GpuPairFile.DefaultPath) };
        var repeats = TrainingCommand.Repeats();
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("gpu-pairs", "Train the model that says whether two workloads may share a GPU.") { data, output, repeats, seed, json };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(TrainingCommand.Run(
            "train gpu-pairs", parsed.GetValue(data)!, parsed.GetValue(output)!, parsed.GetValue(repeats), parsed.GetValue(seed), parsed.GetValue(json),
            (runs, path, times, random, clock, progress, token) => GpuPairPredictor.Fits(runs.Schema)
                ? ChampionTraining.ForPairs(runs, path, times, random, clock, progress, token)
                : throw new InvalidDataException($"{runs.Name}: expected GPU pairs, the same metrics of both workloads alone, got {string.Join(", ", runs.Schema.Metrics.Take(5))}."),
            cancellationToken)));
        return command;
    }
}
