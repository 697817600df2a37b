using System.Globalization;
using Headroom.Interference.Runs;
using Parquet;

namespace Headroom.Interference.Importers;

/// <summary>
/// CloudPerfTrace (CloudFormer's public data set, CC-BY-4.0): parquet files under tasks=ID, one row per run with perf_ori (0 to 1), workload, and six
/// flat lists, each T rows of a time stamp and 53 (tr), 38 (lin) or 12 (td) metrics, of the target (_self) and of the mean of its neighbours (_oth).
/// The blocks are joined on their time stamps, because they may differ by a sample; a step that a block lacks is missing, not zero.
/// </summary>
public sealed class CloudPerfTraceImporter : IRunImporter
{
    private static readonly (string Name, int Stride, Resource Resource)[] Blocks =
    [
        ("tr", 54, Resource.Other),
        ("lin", 39, Resource.Cpu),
        ("td", 13, Resource.Cpu),
    ];

    private static readonly (string Suffix, FeatureBlock Block)[] Sides = [("self", FeatureBlock.Target), ("oth", FeatureBlock.Neighbours)];

    /// <summary>Hints of a third party about single columns of tr_self (papers-core 1.2); the card names none.</summary>
    private static readonly Dictionary<int, Resource> Hints = new()
    {
        [1] = Resource.Cpu, [21] = Resource.Cpu, [22] = Resource.Memory, [38] = Resource.Network, [47] = Resource.Disk, [51] = Resource.Disk,
    };

    public string Name => "cloudperftrace";

    public string Layout => "tasks=ID/*.parquet with perf_ori, workload, tr_self, lin_self, td_self, tr_oth, lin_oth, td_oth";

    public bool Recognises(string folder) => Files(folder).Any();

    public RunSet Read(string folder)
    {
        var runs = Files(folder).SelectMany(file => ReadFileAsync(file, CancellationToken.None).GetAwaiter().GetResult()).ToArray();
        return new RunSet(Name, TargetDefinition.Performance, Schema, runs);
    }

    /// <summary>206 metrics: 103 of the target, 103 of its neighbours.</summary>
    public static FeatureSchema Schema { get; } = new(
        [.. Sides.SelectMany(side => Blocks.SelectMany(block => Enumerable.Range(1, block.Stride - 1).Select(column => new Feature(
            side.Block,
            string.Create(CultureInfo.InvariantCulture, $"{block.Name}_{column}"),
            "1",
            block.Name == "tr" && Hints.TryGetValue(column, out var hint) ? hint : block.Resource))))],
        []);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<InterferenceRun>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false);
        var runs = new List<InterferenceRun>();
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var table = new ParquetGroup(path, reader.Schema, rows);
            var labels = await table.NumbersAsync("perf_ori", cancellationToken).ConfigureAwait(false);
            var workloads = await table.NumbersAsync("workload", cancellationToken).ConfigureAwait(false);
            var tasks = table.Has("tasks")
                ? [.. (await table.NumbersAsync("tasks", cancellationToken).ConfigureAwait(false)).Select(task => task.ToString(CultureInfo.InvariantCulture))]
                : Enumerable.Repeat(Partition(path), labels.Length).ToArray();
            var lists = new Dictionary<string, double[][]>();
            foreach (var (suffix, _) in Sides)
            {
                foreach (var (name, _, _) in Blocks)
                {
                    lists[$"{name}_{suffix}"] = await table.ListsAsync($"{name}_{suffix}", cancellationToken).ConfigureAwait(false);
                }
            }

            for (var row = 0; row < labels.Length; row++)
            {
                var load = workloads[row].ToString(CultureInfo.InvariantCulture);
                runs.Add(new InterferenceRun
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"task {tasks[row]}, {Path.GetFileName(path)}, row {runs.Count}"),
                    Application = $"task {tasks[row]}",
                    Composition = $"task {tasks[row]}, load {load}",
                    Frames = Join(path, row, lists),
                    Context = [],
                    Label = double.IsFinite(labels[row]) ? labels[row] : null,
                });
            }
        }

        return runs;
    }

    private static string Partition(string path) =>
        path.Split(Path.DirectorySeparatorChar).LastOrDefault(part => part.StartsWith("tasks=", StringComparison.Ordinal))?["tasks=".Length..]
        ?? throw new InvalidDataException($"{path}: expected a column tasks or a folder tasks=ID, found neither.");

    private static float[][] Join(string path, int row, Dictionary<string, double[][]> lists)
    {
        var steps = new SortedDictionary<long, float[]>();
        var offset = 0;
        foreach (var (suffix, _) in Sides)
        {
            foreach (var (name, stride, _) in Blocks)
            {
                var flat = lists[$"{name}_{suffix}"][row];
                if (flat.Length % stride != 0)
                {
                    throw new InvalidDataException($"{path}, row {row}, column {name}_{suffix}: expected a multiple of {stride} numbers, got {flat.Length}.");
                }

                for (var start = 0; start < flat.Length; start += stride)
                {
                    var second = (long)Math.Round(flat[start]);
                    if (!steps.TryGetValue(second, out var step))
                    {
                        steps[second] = step = [.. Enumerable.Repeat(float.NaN, Schema.Metrics.Count)];
                    }

                    for (var column = 1; column < stride; column++)
                    {
                        step[offset + column - 1] = (float)flat[start + column];
                    }
                }

                offset += stride - 1;
            }
        }

        return steps.Count > 0 ? [.. steps.Values] : throw new InvalidDataException($"{path}, row {row}: expected at least one second of metrics, got none.");
    }
}
