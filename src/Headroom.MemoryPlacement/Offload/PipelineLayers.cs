using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Offload;

/// <summary>A model's layers as a pipeline cuts them: embedding, layers, head, each with its time for one micro-batch and its memory.</summary>
public sealed record PipelineLayers(IReadOnlyList<double> Seconds, IReadOnlyList<double> Bytes)
{
    /// <summary>Weights, gradients, master copy and both Adam states.</summary>
    public const double BytesPerParameter = 16;

    /// <summary>Forward, forward again and twice backward.</summary>
    private const double Passes = 4;

    /// <param name="microBatches">Micro-batches in flight: each keeps one bf16 activation per layer (GPipe, arXiv 1811.06965, section 2.2).</param>
    public static PipelineLayers Of(ModelShape model, TrainingRun run, GpuSpec gpu, int microBatches)
    {
        var tokens = (double)run.MicroBatch * run.ContextTokens;
        var speed = gpu.FlopsPerSecond * gpu.Utilization;
        double ends = model.Vocabulary * model.Hidden;
        var kept = 2 * tokens * model.Hidden * microBatches;
        var layers = model.Layers.Select(layer => (
            Seconds: Passes * tokens * ((2.0 * (layer.Mixer.Parameters(model.Hidden) + layer.Feed.ActiveParameters(model.Hidden))) + layer.Mixer.ScoreFlopsPerToken(run.ContextTokens)) / speed,
            Bytes: (BytesPerParameter * (layer.Mixer.Parameters(model.Hidden) + layer.Feed.Parameters(model.Hidden))) + kept)).ToArray();
        var embedding = (Seconds: 0.0, Bytes: BytesPerParameter * ends);
        var head = (Seconds: Passes * 2 * tokens * ends / speed, Bytes: BytesPerParameter * ends);
        return new PipelineLayers([embedding.Seconds, .. layers.Select(layer => layer.Seconds), head.Seconds], [embedding.Bytes, .. layers.Select(layer => layer.Bytes), head.Bytes]);
    }
}
