using Headroom.Interference.Runs;

namespace Headroom.Interference.Importers;

/// <summary>
/// Two training jobs on K80, P100 or V100 with nothing but their speeds (Gavel, OSDI 2020; the layout of interference-gpu-pairs-gavel).
/// Every pair that ran gives two runs; label: speed beside the other over speed alone.
/// </summary>
public sealed class GpuPairsGavelImporter : IRunImporter
{
    private static readonly string[] Gpus = ["k80", "p100", "v100"];

    public string Name => "gpu-pairs-gavel";

    public string Layout => "pairs.csv with gpu, solo_steps_per_s1, solo_steps_per_s2, norm_speed1, norm_speed2";

    public bool Recognises(string folder) => DataFile.Has(folder, "pairs", "gpu", "model1", "model2", "solo_steps_per_s1");

    public RunSet Read(string folder)
    {
        var table = DataFile.Read(folder, "pairs");
        var ran = Enumerable.Range(0, table.Count).Where(row => table.OptionalText(row, "no_throughput") is not "1");
        var schema = new FeatureSchema(
            [.. Metrics(FeatureBlock.Target), .. Metrics(FeatureBlock.Neighbours)],
            [.. Gpus.Select(gpu => new Feature(FeatureBlock.Context, $"is_{gpu}", "1", Resource.Gpu))]);
        return new RunSet(Name, TargetDefinition.Performance, schema, [.. ran.SelectMany(row => new[] { Run(table, row, 1, 2), Run(table, row, 2, 1) })]);
    }

    private static InterferenceRun Run(Headroom.Learning.Data.CsvTable table, int row, int self, int other)
    {
        var models = new[] { table.Text(row, "model1"), table.Text(row, "model2") };
        var gpu = table.Text(row, "gpu");
        return new InterferenceRun
        {
            Id = $"{gpu} {models[self - 1]} beside {models[other - 1]} ({row + 2}.{self})",
            Application = models[self - 1],
            Composition = string.Join(" + ", models.Order(StringComparer.Ordinal)),
            Session = gpu,
            Split = table.OptionalText(row, "split"),
            Frames = [[.. Values(self), .. Values(other)]],
            Context = [.. Gpus.Select(known => known == gpu ? 1f : 0f)],
            Label = table.OptionalNumber(row, $"norm_speed{self}"),
        };

        float[] Values(int job) => [table.Feature(row, $"solo_steps_per_s{job}"), table.Feature(row, $"batch{job}"), table.Feature(row, $"gpus{job}")];
    }

    private static Feature[] Metrics(FeatureBlock block) =>
    [
        new(block, "solo_steps_per_s", "1/s", Resource.Load),
        new(block, "batch", "1", Resource.Load),
        new(block, "gpus", "1", Resource.Gpu),
    ];
}
