using System.Globalization;
using Headroom.MemoryPlacement.Footprints;

namespace Headroom.MemoryPlacement.Offload;

/// <summary>
/// Peak host memory of SSD offload by component: ZeRO-Infinity as DeepSpeed 0.16 does it, and with MemAscend's fixes. Formulas, not measurements:
/// MemAscend's own tables were not available, so nothing here reproduces them.
/// </summary>
/// <param name="GradientBytes">Bytes per gradient element of the flat buffer, 2 or 4.</param>
/// <param name="PoolSlots">Buffers of the parameter pool (DeepSpeed's default 5).</param>
/// <param name="OptimizerBuffers">Buffers of the optimizer swapper (default 4).</param>
/// <param name="SubGroupElements">Elements of the largest optimizer sub-group (default 1e9).</param>
public sealed record SsdOffloadPeak(int GradientBytes = 4, int PoolSlots = 5, int OptimizerBuffers = 4, long SubGroupElements = 1_000_000_000)
{
    private const string DeepSpeed = "DeepSpeed 0.16, ZeRO-Infinity swap tensors";

    /// <summary>DeepSpeed's pool buffers are never smaller than this many elements.</summary>
    private const long SmallestBuffer = 100_000_000;

    /// <summary>Staging of asynchronous reads: blocks of 1 MiB for each of 8 threads and 8 requests (stated).</summary>
    private const long StagingBytes = 64L << 20;

    public Footprint Of(ModelShape model, TrainingRun run, MemAscendFixes fixes)
    {
        var largest = model.LargestTensor;
        var group = Math.Min(SubGroupElements, model.Parameters);
        var flat = (double)GradientBytes * model.Parameters;
        var activation = 2L * run.MicroBatch * run.ContextTokens * model.Hidden;
        return new Footprint(
            "host memory with SSD offload",
            [
                Pool(model, largest, fixes),
                Pinned("flat gradient buffer", (long)flat, 1, fixes, Text($"{GradientBytes} B x P"), Text($"{GradientBytes} B x {model.Parameters:N0}")),
                Pinned("optimizer swap buffers", 4 * group, OptimizerBuffers, fixes, "buffers x 4 B x sub-group", Text($"{OptimizerBuffers} x 4 B x {group:N0}")),
                Pinned("pinned gradient buffer", 4 * largest, 1, fixes, "4 B x largest tensor", Text($"4 B x {largest:N0}")),
                Overflow(flat, fixes),
                Pinned("checkpointed activations", activation, model.Layers.Count * run.DataParallel, fixes, "layers x ranks x 2 B x micro-batch x tokens x hidden", Text($"{model.Layers.Count} x {run.DataParallel} x {activation:N0} B")),
                Staging(fixes),
            ]);
    }

    /// <summary>Slots as large as the largest tensor, or the same number of slots for each shape of the two blocks in flight.</summary>
    private FootprintTerm Pool(ModelShape model, long largest, MemAscendFixes fixes)
    {
        if (!fixes.AdaptivePool)
        {
            var slot = Math.Max(SmallestBuffer, largest);
            return Pinned("parameter pool", 2L * PoolSlots * slot, 1, fixes, "slots x 2 B x largest tensor", Text($"{PoolSlots} x 2 B x {slot:N0}"));
        }

        var classes = ShapeClasses(model).ToArray();
        return Pinned(
            "parameter pool", classes.Sum(one => 2L * one.Slots * one.Elements), 1, fixes, "2 B x sum over shapes of slots x elements",
            Text($"2 B x ({string.Join(" + ", classes.Select(one => Text($"{one.Slots} x {one.Elements:N0}")))})"));
    }

    /// <summary>One embedding, and two blocks in flight of feed-forward matrices, query and output, key and value.</summary>
    private static IEnumerable<(int Slots, long Elements)> ShapeClasses(ModelShape model)
    {
        var feed = model.Layers.MaxBy(layer => layer.Feed.Intermediate)!.Feed;
        yield return (1, model.Vocabulary * model.Hidden);
        yield return (2 * (feed.Gated ? 3 : 2), (long)feed.Intermediate * model.Hidden);
        if (model.Layers.Select(layer => layer.Mixer).OfType<Attention>().FirstOrDefault() is { } attention)
        {
            yield return (4, (long)attention.Heads * attention.HeadDimension * model.Hidden);
            yield return (4, (long)attention.KeyValueHeads * attention.HeadDimension * model.Hidden);
        }
    }

    /// <summary>isinf keeps an absolute copy and a byte per element beside the buffer.</summary>
    private FootprintTerm Overflow(double flat, MemAscendFixes fixes)
    {
        var temporaries = fixes.FusedOverflowCheck ? 0 : flat + (flat / GradientBytes);
        return new FootprintTerm(
            "overflow-check temporaries", temporaries, fixes.FusedOverflowCheck ? "none: one pass in place" : "flat buffer + 1 B x P",
            fixes.FusedOverflowCheck ? "0 B" : Text($"{flat:N0} B + {flat / GradientBytes:N0} B"), "PyTorch isinf and isnan over the flat buffer");
    }

    private static FootprintTerm Staging(MemAscendFixes fixes) => new(
        "I/O staging", fixes.DirectNvme ? 0 : StagingBytes, fixes.DirectNvme ? "none: raw blocks" : "1 MiB x 8 threads x 8 requests", fixes.DirectNvme ? "0 B" : "64 MiB", "libaio engine, stated queue");

    private static FootprintTerm Pinned(string name, long bytes, int count, MemAscendFixes fixes, string formula, string numbers)
    {
        var each = fixes.AlignedPinning ? (bytes + 4095) / 4096 * 4096 : HostTensors.PowerOfTwo(bytes);
        return new FootprintTerm(
            name, (double)each * count, fixes.AlignedPinning ? $"{formula}, aligned to 4 KiB" : $"{formula}, each rounded to a power of two", Text($"{numbers} -> {(double)each * count:N0} B"), DeepSpeed);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
