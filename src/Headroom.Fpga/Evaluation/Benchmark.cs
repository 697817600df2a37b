using System.Globalization;
using Headroom.Fpga.Records;
using Headroom.Learning.Metrics;

namespace Headroom.Fpga.Evaluation;

/// <summary>A score as wa-hls4ml's score.py gives it: R2 (null without variance), SMAPE with one added below, RMSE in natural units.</summary>
public sealed record BenchmarkScore(string Group, Target Target, int Count, double? R2, double SmapePercent, double Rmse);

/// <summary>
/// The benchmark of wa-hls4ml (ben-hawks/axess-benchmark, score.py at 8fe257e): one line per sample with six predictions, scored per group, exemplars also one by one. Holds
/// sums only, so that a corpus of any length can be gone through. BRAM in 36 Kb blocks, as the corpus prints it.
/// </summary>
public sealed class Benchmark
{
    public const string Header = "sample_id,BRAM,DSP,FF,LUT,cycles_max,interval_max";

    private readonly SortedDictionary<(string Group, Target Target), RegressionAccumulator> sums = new(Comparer<(string Group, Target Target)>.Create(
        (left, right) => (string.CompareOrdinal(left.Group, right.Group), left.Target.CompareTo(right.Target)) is (0, var second) ? second : string.CompareOrdinal(left.Group, right.Group)));

    /// <summary>The six predictions of a sample as a line of the submission; a target the model does not know stays empty.</summary>
    public static string Line(SynthesisRecord record, IReadOnlyDictionary<Target, double> predicted)
    {
        var cells = Targets.All.Select(target => predicted.TryGetValue(target, out var value)
            ? (value * Scale(record, target)).ToString("0.######", CultureInfo.InvariantCulture) : "");
        return $"{record.Id},{string.Join(',', cells)}";
    }

    /// <summary>Adds a sample's truths and predictions to its group and to all; targets without truth are left out.</summary>
    public void Add(SynthesisRecord record, IReadOnlyDictionary<Target, double> predicted)
    {
        foreach (var (target, value) in predicted)
        {
            if (record[target] is { } truth)
            {
                var scale = Scale(record, target);
                Sum(FpgaEvaluation.AllGroups, target).Add(truth * scale, value * scale);
                Sum(GroupOf(record), target).Add(truth * scale, value * scale);
                if (ExemplarOf(record) is { } exemplar)
                {
                    Sum(exemplar, target).Add(truth * scale, value * scale);
                }
            }
        }
    }

    public IReadOnlyList<BenchmarkScore> Scores() => [.. sums.Select(entry =>
    {
        var metrics = entry.Value.ToMetrics();
        return new BenchmarkScore(entry.Key.Group, entry.Key.Target, metrics.Count, metrics.R2, metrics.SmapePercent, metrics.Rmse);
    })];

    /// <summary>dense, conv1d, conv2d or exemplar.</summary>
    public static string GroupOf(SynthesisRecord record) =>
        record.Subset == "exemplar" ? "exemplar"
        : record.Design.Network.Layers.Any(layer => layer.Products.Count > 0 && layer.KernelSize.Count > 1) ? "conv2d"
        : record.Design.Network.HasConvolution ? "conv1d"
        : "dense";

    /// <summary>The network behind an exemplar: Automlp_16b_1rf_R is one of the configurations of Automlp. Null for other records.</summary>
    private static string? ExemplarOf(SynthesisRecord record) => record.Subset == "exemplar" ? $"exemplar {record.Design.Network.Name.Split('_')[0]}" : null;

    private static double Scale(SynthesisRecord record, Target target) => target == Target.Bram ? record.PrintedPerBlockRam18 : 1;

    private RegressionAccumulator Sum(string group, Target target) =>
        sums.TryGetValue((group, target), out var sum) ? sum : sums[(group, target)] = new RegressionAccumulator(smapeEpsilon: 1);
}
