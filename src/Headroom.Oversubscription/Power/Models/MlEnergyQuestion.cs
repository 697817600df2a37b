using Headroom.Learning.Data;
using Headroom.Learning.Kernels;
using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>
/// Mean power of all GPUs that serve a generative model, from the configuration alone: nothing that only the run itself tells (throughput, latency,
/// energy, batch reached) is a column.
/// </summary>
public sealed class MlEnergyQuestion : IPowerQuestion
{
    private const int Gpus = 0;
    private const int IsB200 = 1;

    private static readonly LightGbmOptions Trees = new() { FeatureFraction = 0.6, BaggingFraction = 0.8, MinRowsInLeaf = 5, LearningRate = 0.04, Rounds = 300, Leaves = 15 };

    public string Name => "mlenergy";

    public string Figure => "mlenergy.power_smape";

    public string Folder => "gpu-energy-mlenergy";

    public string Column => "avg_power_watts";

    public string Target => "mean power of all GPUs of a served model, W";

    public BlendRegressor Ours { get; } = new(
        "configuration blend",
        [
            new Repeated(new ScaledTarget(new LightGbmRegressor("boosting", Trees), Rating), 3),
            new Repeated(new ScaledTarget(new LightGbmRegressor("random trees", Trees with { ExtraTrees = true }), Rating), 3),
            new ScaledTarget(new GaussianProcessRegressor("gaussian process", new GaussianProcessOptions { LengthScale = 3, Noise = 0.02 }), Rating),
            new ScaledTarget(new RidgeRegressor(0.01), Rating),
        ],
        BlendRegressor.Symmetric);

    public IReadOnlyList<ITabularRegressor> Rules { get; } =
    [
        new RuleRegressor("rating of the GPUs", _ => Rating),
        new RuleRegressor("median per GPU of its type", train =>
        {
            var medians = train.Features.Zip(train.Targets).GroupBy(row => row.First[IsB200]).ToDictionary(
                rows => rows.Key, rows => Median(rows.Select(row => row.Second / row.First[Gpus])));
            var all = Median(train.Features.Zip(train.Targets, (row, watts) => watts / row[Gpus]));
            return row => row[Gpus] * medians.GetValueOrDefault(row[IsB200], all);
        }),
    ];

    public PowerSet Read(CsvTable table)
    {
        double? Of(int row, string column) => table.Number(row, column);
        var columns = new Columns(table)
            .AddRaw("num_gpus")
            .Add("gpu_model=B200", row => table.Text(row, "gpu_model") == "B200" ? 1 : 0)
            .AddChoices("task", "gpqa", "image-chat", "lm-arena-chat", "sourcegraph-fim", "text-to-image", "text-to-video", "video-chat")
            .AddChoices("architecture", "Dense Transformer", "MoE", "Mamba-Transformer Hybrid")
            .AddChoices("weight_precision", "bfloat16", "fp8", "mxfp4")
            .Add("tensor_parallel", row => Of(row, "tensor_parallel") ?? 1)
            .Add("expert_parallel", row => Of(row, "expert_parallel") ?? 1)
            .Add("data_parallel", row => Of(row, "data_parallel") ?? 1)
            .Add("ulysses_degree", row => Of(row, "ulysses_degree") ?? 1)
            .Add("ring_degree", row => Of(row, "ring_degree") ?? 1)
            .Add("log_total_params", row => Log(Of(row, "total_params_billions")))
            .Add("log_activated_params", row => Log(Of(row, "activated_params_billions")))
            .Add("log_active_share", row => Log(Of(row, "activated_params_billions") / Of(row, "total_params_billions")))
            .Add("log_batch", row => Log(Batch(row)))
            .Add("log_batch_per_gpu", row => Log(Batch(row) / Of(row, "num_gpus")))
            .Add("log_gpus", row => Log(Of(row, "num_gpus")))
            .Add("log_weight_bytes_per_gpu", row => Log(Of(row, "total_params_billions") * BytesPerWeight(table.Text(row, "weight_precision")) / Of(row, "num_gpus")))
            .Add("log_active_bytes_per_gpu", row => Log(Of(row, "activated_params_billions") * BytesPerWeight(table.Text(row, "weight_precision")) / Of(row, "num_gpus")))
            .Add("log_pixels", row => Log(Pixels(row)))
            .Add("log_pixels_per_gpu", row => Log(Pixels(row) * (Batch(row) ?? 1) / Of(row, "num_gpus")))
            .Add("log_work_per_gpu", row => Log((Pixels(row) is > 0 and var pixels ? pixels / 1000 : 1) * (Batch(row) ?? 1) * Of(row, "activated_params_billions") / Of(row, "num_gpus")))
            .AddRaw("inference_steps");
        return columns.ToSet(Column, row => table.Text(row, "model_id"));

        double? Batch(int row) => Of(row, "max_num_seqs") ?? Of(row, "batch_size");
        double? Pixels(int row) =>
            Of(row, "image_height") * Of(row, "image_width") ?? Of(row, "video_height") * Of(row, "video_width") * (Of(row, "num_frames") ?? 1) ?? 0;
    }

    // Board power the makers state: H100 SXM 700 W, B200 1000 W.
    private static double Rating(float[] row) => row[Gpus] * (row[IsB200] > 0 ? 1000 : 700);

    private static double? Log(double? value) => value is { } number ? Math.Log(Math.Max(number, 1e-3)) : null;

    private static double BytesPerWeight(string precision) => precision switch { "bfloat16" => 2, "fp8" => 1, "mxfp4" => 0.53, _ => double.NaN };

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
