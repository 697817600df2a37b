using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Costs;

namespace Headroom.Cli.Commands.Memory;

/// <summary><c>headroom evaluate memory</c>: cost models on measurements they were not fitted on, and the papers' comparisons in our simulation.</summary>
internal static class EvaluateMemory
{
    private const string DataSet = "memory-tiers-cxl-nvlink";

    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = $"Folder with memory-tier measurements to score (default: {DataSet} of the public data sets)." };
        var train = new Option<DirectoryInfo?>("--train") { Description = "Folder to fit on; without it every configuration of --data is held out once." };
        var save = new Option<FileInfo?>("--save") { Description = "Write the calibration fitted on all rows to this file." };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("memory", "Score memory-tier cost models, allocators and offload formulas.") { data, train, save, json, seed };
        command.SetAction((result, cancellationToken) =>
        {
            try
            {
                var scored = result.GetValue(data)?.FullName ?? Path.Combine(DatasetFolder.Find(null), DataSet);
                var report = MemoryReport.Make(scored, result.GetValue(train)?.FullName, result.GetValue(seed), cancellationToken);
                if (result.GetValue(save) is { } file)
                {
                    Save(result.GetValue(train)?.FullName ?? scored, file, result.GetValue(seed));
                }

                ReportWriter.Write(report, result.GetValue(json));
                return Task.FromResult(0);
            }
            catch (Exception error) when (error is MemoryInputException or InvalidDataException)
            {
                Console.Error.WriteLine($"headroom evaluate memory: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }

    private static void Save(string folder, FileInfo file, int seed)
    {
        var costs = CalibratedCosts.Fit(TierFolder.Adam(folder), TierFolder.Copies(folder), seed, CalibratedCosts.Default.Source);
        File.WriteAllText(file.FullName, costs.ToJson() + "\n");
    }
}
