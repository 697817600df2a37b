using Headroom.Interference.Runs;

namespace Headroom.Interference.Importers;

/// <summary>
/// Five applications taking turns on five virtual machines, with the schedule but without counters (CloudProphet, EPFL; the layout of
/// interference-vm-cloudprophet). Label: 1 / slowdown, at most 1. The duration is an outcome, never a feature.
/// </summary>
public sealed class CloudProphetImporter : IRunImporter
{
    private static readonly string[] Applications = ["web_serving", "media_streaming", "inmemory_analytics", "data_serving", "redis"];

    public string Name => "vm-cloudprophet";

    public string Layout => "runs.csv with exp, vm, app, param, co_total and slowdown";

    public bool Recognises(string folder) => DataFile.Has(folder, "runs", "exp", "vm", "app", "co_total");

    public RunSet Read(string folder)
    {
        var table = DataFile.Read(folder, "runs");
        var runs = Enumerable.Range(0, table.Count).Select(row =>
        {
            var (experiment, application) = (table.Text(row, "exp"), table.Text(row, "app"));
            var neighbours = Applications.Select(other => table.Feature(row, $"co_{other}"));
            return new InterferenceRun
            {
                Id = $"{experiment}/vm{table.Text(row, "vm")}/{table.OptionalText(row, "start_node_s")} {application} ({row + 2})",
                Application = application,
                Composition = experiment,
                Session = experiment,
                IsSolo = table.OptionalNumber(row, "co_total") is 0,
                Split = table.OptionalText(row, "split"),
                Frames = [[.. neighbours, table.Feature(row, "co_total")]],
                Context = [.. Applications.Select(known => known == application ? 1f : 0f), table.Feature(row, "param")],
                Label = table.OptionalNumber(row, "slowdown") is { } slowdown and > 0 ? Math.Min(1, 1 / slowdown) : null,
            };
        });
        var schema = new FeatureSchema(
            [.. Applications.Append("total").Select(other => new Feature(FeatureBlock.Neighbours, $"co_{other}", "1", Resource.Other))],
            [.. Applications.Select(known => new Feature(FeatureBlock.Context, $"is_{known}", "1", Resource.Load)), new Feature(FeatureBlock.Context, "param", "1", Resource.Load)]);
        return new RunSet(Name, TargetDefinition.Performance, schema, [.. runs]);
    }
}
