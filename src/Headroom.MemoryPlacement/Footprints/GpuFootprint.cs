using System.Globalization;

namespace Headroom.MemoryPlacement.Footprints;

/// <summary>What one GPU holds: training with or without offload, and serving.</summary>
public static class GpuFootprint
{
    /// <summary>Stated, not measured: what a CUDA context, cuBLAS workspaces and NCCL buffers take of one GPU.</summary>
    public const double ContextBytes = 1.0 * Gibibyte;

    /// <summary>Stated share of the rest that a caching allocator cannot hand out.</summary>
    public const double FragmentationRatio = 0.05;

    private const double Gibibyte = 1L << 30;
    private const string Zero = "ZeRO, arXiv 1910.02054, sections 3 and 5";

    /// <summary>Training with everything on the GPU; ZeRO stages share among data-parallel ranks, tensor and pipeline degrees split the model.</summary>
    public static Footprint Training(ModelShape model, TrainingRun run)
    {
        var part = (double)model.Parameters / (run.TensorParallel * run.PipelineParallel);
        var states = run.Optimizer switch
        {
            Optimizer.Adam => 8,
            Optimizer.Lion => 4,
            _ => 2,
        };
        var terms = new List<FootprintTerm>
        {
            Shared("weights", 2, part, run, 3),
            Shared("gradients", 2, part, run, 2),
            Shared("master weights", 4, part, run, 1),
            Shared($"optimizer states ({run.Optimizer})", states, part, run, 1),
            Activations(model, run),
            Logits(model, run),
        };
        return WithRuntime(terms);
    }

    /// <summary>Training with states in host memory: two layers in flight, the activations of one layer computed again (or all of them, kept), the logits.</summary>
    public static Footprint Offloaded(ModelShape model, TrainingRun run)
    {
        var layer = model.Layers.Max(one => one.Mixer.Parameters(model.Hidden) + one.Feed.Parameters(model.Hidden));
        var largest = Math.Max(layer, model.Vocabulary * model.Hidden);
        var oneLayer = 34.0 * run.MicroBatch * run.ContextTokens * model.Hidden;
        return WithRuntime(
        [
            new("weights and gradients in flight", 6.0 * largest, "(2 x 2 B + 2 B) x elements of the largest block", Text($"6 B x {largest:N0}"), "ZeRO-Infinity, arXiv 2104.07857, section 5: prefetch of one block"),
            run.Checkpointing
                ? new("activations of one layer", oneLayer, "34 B x micro-batch x tokens x hidden", Text($"34 B x {run.MicroBatch} x {run.ContextTokens:N0} x {model.Hidden:N0}"), Korthikanti)
                : Activations(model, run),
            Logits(model, run),
        ]);
    }

    /// <summary>Serving: weights as stored and the key-value cache of every sequence.</summary>
    public static Footprint Serving(ModelShape model, int sequences, long contextTokens, int tensorParallel = 1, double cacheBytes = 2)
    {
        var weights = model.Parameters * model.WeightBytes / tensorParallel;
        return WithRuntime(
        [
            new("weights", weights, "bytes per weight x P / tensor parallel", Text($"{model.WeightBytes} B x {model.Parameters:N0} / {tensorParallel}"), "counted from the architecture"),
            KeyValueCache(model, sequences, contextTokens, tensorParallel, cacheBytes),
        ]);
    }

    /// <summary>Keys and values of every layer by its own kind: heads, head size and window of that layer.</summary>
    public static FootprintTerm KeyValueCache(ModelShape model, int sequences, long contextTokens, int tensorParallel = 1, double cacheBytes = 2)
    {
        var elements = model.CachedElements(contextTokens);
        return new FootprintTerm(
            "key-value cache", cacheBytes * sequences * elements / tensorParallel, "bytes x sequences x sum over layers of 2 x kv-heads x head-dim x min(tokens, window) / tensor parallel",
            Text($"{cacheBytes} B x {sequences} x {elements:N0} / {tensorParallel}"), "counted from the architecture, layer by layer");
    }

    private const string Korthikanti = "Korthikanti et al., arXiv 2205.05198, equation 2 without the attention matrix (flash attention)";

    private static FootprintTerm Activations(ModelShape model, TrainingRun run)
    {
        var layers = (int)Math.Ceiling((double)model.Layers.Count / run.PipelineParallel);
        var each = (double)run.MicroBatch * run.ContextTokens * model.Hidden;
        return run.Checkpointing
            ? new FootprintTerm(
                "activations, checkpointed", ((2.0 * layers) + (34.0 / run.TensorParallel)) * each, "(2 B x layers + 34 B / tensor parallel) x micro-batch x tokens x hidden",
                Text($"(2 B x {layers} + 34 B / {run.TensorParallel}) x {run.MicroBatch} x {run.ContextTokens:N0} x {model.Hidden:N0}"), Korthikanti)
            : new FootprintTerm(
                "activations, all kept", layers * (10 + (24.0 / run.TensorParallel)) * each, "layers x (10 + 24 / tensor parallel) B x micro-batch x tokens x hidden",
                Text($"{layers} x (10 + 24 / {run.TensorParallel}) B x {run.MicroBatch} x {run.ContextTokens:N0} x {model.Hidden:N0}"), Korthikanti);
    }

    /// <summary>Logits of a fused loss (Liger): kept for 2048 tokens at a time in fp32.</summary>
    private static FootprintTerm Logits(ModelShape model, TrainingRun run)
    {
        var tokens = Math.Min(2048, run.MicroBatch * run.ContextTokens);
        return new FootprintTerm(
            "logits, chunked", 4.0 * tokens * model.Vocabulary / run.TensorParallel, "4 B x min(2048, tokens) x vocabulary / tensor parallel",
            Text($"4 B x {tokens:N0} x {model.Vocabulary:N0} / {run.TensorParallel}"), "fused linear cross-entropy, chunk of 2048 tokens (stated)");
    }

    private static FootprintTerm Shared(string name, int bytes, double part, TrainingRun run, int fromStage)
    {
        var ranks = run.ZeroStage >= fromStage ? run.DataParallel : 1;
        return new FootprintTerm(
            name, bytes * part / ranks, $"{bytes} B x P / (tensor x pipeline) / ranks that share from ZeRO stage {fromStage}", Text($"{bytes} B x {part:N0} / {ranks}"), Zero);
    }

    private static Footprint WithRuntime(IReadOnlyList<FootprintTerm> terms)
    {
        var fragments = terms.Sum(term => term.Bytes) * FragmentationRatio;
        return new Footprint(
            "one GPU",
            [
                .. terms,
                new("CUDA context", ContextBytes, "stated constant", "1 GiB", "stated; measure with nvidia-smi on an idle process"),
                new("fragmentation", fragments, "stated share of the terms above", Text($"{FragmentationRatio} x {terms.Sum(term => term.Bytes):N0} B"), "stated; measure as reserved - allocated"),
            ]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
