using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Cli.Commands.Fpga;

/// <summary><c>headroom train fpga</c>: fits the champion on every row of the given folders and the user's own results, and writes the model file.</summary>
internal static class TrainFpga
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo[]>("--data") { Description = "Folders with synthesis records.", Required = true, AllowMultipleArgumentsPerToken = true };
        var own = new Option<DirectoryInfo?>("--results") { Description = "Folder with your own synthesis results, one folder per design: design.json with csynth.xml and/or a utilization .rpt." };
        var output = new Option<FileInfo>("--out") { Description = "Where the model file goes.", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the model (default fpga).", DefaultValueFactory = _ => "fpga" };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("fpga", "Train the model of FPGA resources, latency and synthesis success.") { data, own, output, name, json, seed };
        command.SetAction((result, cancellationToken) =>
        {
            DirectoryInfo[] folders = result.GetValue(own) is { } results ? [.. result.GetValue(data)!, results] : result.GetValue(data)!;
            var report = Run(folders, result.GetValue(output)!, result.GetValue(name)!, result.GetValue(seed), cancellationToken);
            ReportWriter.Write(report, result.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Report Run(DirectoryInfo[] folders, FileInfo output, string name, int seed, CancellationToken cancellationToken)
    {
        var records = folders.SelectMany(folder => RecordFolder.Read(folder.FullName)).ToArray();
        var (champion, card) = ModelTraining.Run(records, name, seed, TimeProvider.System, cancellationToken);
        output.Directory?.Create();
        var partial = output.FullName + ".part";
        using (var file = File.Create(partial))
        {
            card = ModelFile.Write(file, champion, card).Model;
        }

        File.Move(partial, output.FullName, overwrite: true);
        return new Report(
            "train fpga",
            Machine.Read(),
            seed,
            [
                new Figure("model.rows", records.Length, "rows"),
                new Figure("model.bytes", new FileInfo(output.FullName).Length, "bytes"),
                new Figure("model.may_be_redistributed", card.MayBeRedistributed ? 1 : 0, "0 or 1"),
            ],
            [
                new Table("card", ["field", "value"],
                [
                    ["id", card.Id], ["architecture", card.Architecture], ["schema", card.Schema], ["checksum", card.Checksum],
                    ["use", card.MayBeRedistributed ? "may be passed on" : "stays on this machine: a source does not allow passing the model on"],
                ]),
                new Table("sources", ["source", "licence", "rows"], [.. card.Sources.Select(source => (IReadOnlyList<object?>)[source.Name, source.Licence, source.Rows])]),
                new Table("out_of_fold", ["target", "n", "smape", "coverage"],
                    [.. card.Metrics.Select(metric => (IReadOnlyList<object?>)[metric.Target, metric.Rows, metric.SmapePercent, metric.CoverageRatio])]),
            ]);
    }
}
