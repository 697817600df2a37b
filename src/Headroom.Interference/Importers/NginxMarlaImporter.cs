using Headroom.Interference.Runs;
using Headroom.Learning.Data;

namespace Headroom.Interference.Importers;

/// <summary>
/// Nginx beside iBench and stress-ng on one machine, watched with Intel PCM (MARLA, NTUA; the layout of interference-nginx-marla).
/// Label: P99 without stress over P99, from the sessions' undisturbed runs. The run's own latencies are never features.
/// </summary>
public sealed class NginxMarlaImporter : IRunImporter
{
    private static readonly string[] Aggressors = ["cpu", "l3", "membw"];

    public string Name => "nginx-marla";

    public string Layout => "runs.csv with norm_perf_all, pcm.csv with a counter row per run_id and t_s";

    public bool Recognises(string folder) => DataFile.Has(folder, "runs", "run_id", "replicas", "rps") && DataFile.Has(folder, "pcm", "run_id", "t_s");

    public RunSet Read(string folder)
    {
        var counters = DataFile.Read(folder, "pcm");
        var columns = counters.Header.Where(column => column is not ("run_id" or "t_s")).ToArray();
        var frames = Frames(counters, columns);
        var table = DataFile.Read(folder, "runs");
        var runs = new List<InterferenceRun>();
        for (var row = 0; row < table.Count; row++)
        {
            // Runs without counters cannot be asked about.
            if (frames.TryGetValue(table.Text(row, "run_id"), out var series))
            {
                runs.Add(Run(table, row, series));
            }
        }

        return new RunSet(Name, TargetDefinition.Performance, new FeatureSchema([.. columns.Select(Metric)], Context), runs);
    }

    private static readonly Feature[] Context =
    [
        new(FeatureBlock.Context, "replicas", "1", Resource.Load),
        new(FeatureBlock.Context, "replicas_first_node", "1", Resource.Load),
        new(FeatureBlock.Context, "rps", "1/s", Resource.Load),
        new(FeatureBlock.Context, "rps_per_replica", "1/s", Resource.Load),
        new(FeatureBlock.Context, "p99_alone", "ms", Resource.Load),
        new(FeatureBlock.Context, "p99_alone_session", "ms", Resource.Load),
    ];

    private static InterferenceRun Run(CsvTable table, int row, float[][] frames)
    {
        var (replicas, first) = Replicas(table.Text(row, "replicas"));
        var rps = table.Feature(row, "rps");
        var pods = Aggressors.Select(kind => table.OptionalNumber(row, $"stress_{kind}_pods") ?? 0).ToArray();
        return new InterferenceRun
        {
            Id = table.Text(row, "run_id"),
            Application = "nginx",
            Composition = FormattableString.Invariant($"cpu {pods[0]}, l3 {pods[1]}, membw {pods[2]}"),
            IsSolo = pods.Sum() == 0,
            Session = table.OptionalText(row, "session") ?? table.Text(row, "run_id").Split('/')[0],
            Split = table.OptionalText(row, "split"),
            Frames = frames,
            Context = [replicas, first, rps, rps / replicas, table.Feature(row, "p99_base_all_ms"), table.Feature(row, "p99_base_session_ms")],
            Label = table.OptionalNumber(row, "norm_perf_all"),
        };
    }

    /// <summary>Replicas in all and on the first node: a plain number, or a layout of two nodes such as weighted_2_1, balanced_2 (each) or node1_rep3.</summary>
    internal static (float All, float First) Replicas(string text)
    {
        var parts = text.Split('_');
        return (parts[0], parts.Length) switch
        {
            ("weighted", 3) => (Number(parts[1]) + Number(parts[2]), Number(parts[1])),
            ("balanced", 2) => (2 * Number(parts[1]), Number(parts[1])),
            ("node1", 2) when parts[1].StartsWith("rep", StringComparison.Ordinal) => (Number(parts[1][3..]), Number(parts[1][3..])),
            (_, 1) => (Number(text), float.NaN),
            _ => throw Wrong(text),
        };

        float Number(string part) => float.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var value) && value > 0 ? value : throw Wrong(text);
    }

    private static InvalidDataException Wrong(string text) =>
        new($"runs.csv, column replicas: expected a number, weighted_A_B, balanced_N or node1_repN, got '{text}'.");

    private static Dictionary<string, float[][]> Frames(CsvTable table, string[] columns)
    {
        var places = columns.Select(table.Column).ToArray();
        return Enumerable.Range(0, table.Count)
            .GroupBy(row => table.Text(row, "run_id"))
            .ToDictionary(
                rows => rows.Key,
                rows => rows.OrderBy(row => table.RequiredNumber(row, "t_s"))
                    .Select(row => Array.ConvertAll(places, place => (float)(table.Number(row, place) ?? double.NaN))).ToArray());
    }

    private static Feature Metric(string column)
    {
        var name = column[(column.IndexOf('_', StringComparison.Ordinal) is var at and > 0 && column.StartsWith("Core", StringComparison.Ordinal) ? at + 1 : 0)..];
        var (unit, resource) = name switch
        {
            "L3MISS" or "L2MISS" => ("million per interval", Resource.Cache),
            "READ" or "WRITE" => ("GB per interval", Resource.MemoryBandwidth),
            _ when name.EndsWith("_pct", StringComparison.Ordinal) => ("%", Resource.Cpu),
            _ => ("instructions per cycle", Resource.Cpu),
        };
        return new Feature(FeatureBlock.Host, column, unit, resource);
    }
}
