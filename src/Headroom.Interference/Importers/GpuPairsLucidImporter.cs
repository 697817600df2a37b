using Headroom.Interference.Runs;

namespace Headroom.Interference.Importers;

/// <summary>
/// Two training jobs on one GPU, known by what each does alone (Lucid, ASPLOS 2023; the layout of interference-gpu-pairs-lucid).
/// Every pair gives two runs, one per job; label: speed beside the other over speed alone. The pair's own utilisation is an outcome, never a feature.
/// </summary>
public sealed class GpuPairsLucidImporter : IRunImporter
{
    private static readonly (string Column, string Unit, Resource Resource)[] Solo =
    [
        ("solo_gpu_util", "%", Resource.Gpu),
        ("solo_gmem_util", "%", Resource.MemoryBandwidth),
        ("solo_gmem_mib", "MiB", Resource.Memory),
        ("solo_speed", "1/s", Resource.Load),
        ("batch", "1", Resource.Load),
        ("amp", "1", Resource.Load),
    ];

    public string Name => "gpu-pairs-lucid";

    public string Layout => "pairs.csv with solo_gpu_util1, solo_gpu_util2, norm_speed1, norm_speed2";

    public bool Recognises(string folder) => DataFile.Has(folder, "pairs", "model1", "model2", "solo_gpu_util1", "solo_gpu_util2");

    public RunSet Read(string folder)
    {
        var table = DataFile.Read(folder, "pairs");
        var runs = Enumerable.Range(0, table.Count).SelectMany(row => new[] { Run(1, 2), Run(2, 1) }.Select(run => run(row)));
        return new RunSet(Name, TargetDefinition.Performance, new FeatureSchema([.. Metrics(FeatureBlock.Target), .. Metrics(FeatureBlock.Neighbours)], []), [.. runs]);

        Func<int, InterferenceRun> Run(int self, int other) => row =>
        {
            var models = new[] { table.Text(row, "model1"), table.Text(row, "model2") };
            return new InterferenceRun
            {
                Id = $"{Job(self, row)} beside {Job(other, row)} ({row + 2}.{self})",
                Application = models[self - 1],
                Composition = string.Join(" + ", models.Order(StringComparer.Ordinal)),
                Split = table.OptionalText(row, "split"),
                Frames = [[.. Values(self, row), .. Values(other, row)]],
                Context = [],
                Label = table.OptionalNumber(row, $"norm_speed{self}"),
            };
        };

        IEnumerable<float> Values(int job, int row) => Solo.Select(metric => table.Feature(row, $"{metric.Column}{job}"));

        string Job(int job, int row) => $"{table.Text(row, $"model{job}")} {table.OptionalText(row, $"dataset{job}")} {table.OptionalText(row, $"batch{job}")} {(table.OptionalText(row, $"amp{job}") == "1" ? "amp" : "fp32")}";
    }

    private static IEnumerable<Feature> Metrics(FeatureBlock block) => Solo.Select(metric => new Feature(block, metric.Column, metric.Unit, metric.Resource));
}
