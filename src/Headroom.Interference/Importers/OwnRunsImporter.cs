using System.Globalization;
using Headroom.Calibration.RunSets;
using Headroom.Interference.Runs;
using Headroom.Learning.Data;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Interference.Importers;

/// <summary>
/// What <c>headroom calibrate</c> measured: runs.csv (one line per run, with the workload's key and the window) beside the agent's recordings.
/// Label: what <see cref="AloneSpeeds"/> makes of the run's speed.
/// </summary>
public sealed class OwnRunsImporter : IRunImporter
{
    private const string Alone = "alone";

    private static readonly (FeatureBlock Block, EntityKind Kind)[] Blocks =
        [(FeatureBlock.Target, EntityKind.Workload), (FeatureBlock.Neighbours, EntityKind.Workload), (FeatureBlock.Host, EntityKind.Host)];

    public string Name => "headroom-runs";

    public string Layout => "runs.csv with run_id, application, threads, composition, started_at_ms, ended_at_ms, speed, target_key, recording, and the recordings it names";

    public bool Recognises(string folder) => DataFile.Has(folder, "runs", "run_id", "application", "threads", "speed", "target_key", "recording");

    public RunSet Read(string folder)
    {
        var table = DataFile.Read(folder, "runs");
        var labels = Labels(table);
        var runs = new List<InterferenceRun>();
        foreach (var rows in Enumerable.Range(0, table.Count).GroupBy(row => table.Text(row, "recording")))
        {
            var recording = AgentRecording.Read(Path.Combine(folder, rows.Key));
            foreach (var row in rows)
            {
                var frames = recording.Window(
                    table.Text(row, "target_key"), Time(table, row, "started_at_ms"), Time(table, row, "ended_at_ms"), Blocks);
                if (frames.Length > 0)
                {
                    runs.Add(Run(table, row, frames, labels));
                }
            }
        }

        return new RunSet(Name, TargetDefinition.Performance, Schema, runs);
    }

    /// <summary>Every metric the catalogue knows of a workload, of the mean of its neighbours, and of their host.</summary>
    public static FeatureSchema Schema { get; } = new(
        [.. Blocks.SelectMany(block => MetricCatalogue.Current.For(block.Kind).Select(metric => new Feature(block.Block, metric.Name, metric.Unit, MetricResource.Of(metric))))],
        [new Feature(FeatureBlock.Context, "threads", "1", Resource.Load)]);

    private static InterferenceRun Run(CsvTable table, int row, float[][] frames, double?[] labels)
    {
        var (application, composition) = (table.Text(row, "application"), table.Text(row, "composition"));
        return new InterferenceRun
        {
            Id = table.Text(row, "run_id"),
            Application = application,
            Composition = composition,
            Session = table.Text(row, "recording"),
            IsSolo = composition == Alone,
            Split = table.OptionalText(row, "split"),
            Frames = frames,
            Context = [table.Feature(row, "threads")],
            Label = labels[row],
        };
    }

    private static double?[] Labels(CsvTable table)
    {
        var runs = Enumerable.Range(0, table.Count)
            .Select(row => new MeasuredSpeed(table.Text(row, "application"), (int)table.RequiredNumber(row, "threads"), table.Text(row, "recording"), table.RequiredNumber(row, "speed"))).ToArray();
        var alone = AloneSpeeds.Of(runs.Where((_, row) => table.Text(row, "composition") == Alone));
        return Array.ConvertAll(runs, alone.Performance);
    }

    private static DateTimeOffset Time(CsvTable table, int row, string column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(table.Text(row, column), CultureInfo.InvariantCulture));
}
