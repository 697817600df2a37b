using System.Globalization;

namespace Headroom.MemoryPlacement.Footprints;

/// <summary>What ZeRO-3 with CPU offload keeps in host memory, in the order of the latency-first policy.</summary>
public enum TensorGroup
{
    Momentum,
    Variance,
    MasterGradients,
    MasterWeights,
    ComputeWeights,
    Activations,
    ComputeGradients,
}

/// <summary>One group of tensors in host memory, with the formula its size comes from.</summary>
/// <param name="Group">Which.</param>
/// <param name="Priority">Level of the latency-first policy, 1 first.</param>
/// <param name="Bytes">Size over all ranks of the host.</param>
/// <param name="Term">The same as a term that opens into its formula.</param>
public sealed record HostTensor(TensorGroup Group, int Priority, long Bytes, FootprintTerm Term)
{
    public string Name => Term.Name;
}

/// <summary>
/// The host side of offloaded training: 20 P + 2 B S H L with Adam (arXiv 2507.03305, the authors' allocation patch): momentum, variance, gradients
/// and weights in fp32, weights and gradients in bf16, one bf16 activation per layer and token.
/// </summary>
public static class HostTensors
{
    private const string Source = "CXL-Aware LLM fine-tuning, arXiv 2507.03305, section on memory footprint";

    public static IReadOnlyList<HostTensor> Of(ModelShape model, TrainingRun run)
    {
        var parameters = model.Parameters;
        var state = run.Optimizer == Optimizer.Adam8Bit ? 1 : 4;
        var tensors = new List<HostTensor> { Parameters(TensorGroup.Momentum, 1, "momentum", state, parameters) };
        if (run.Optimizer != Optimizer.Lion)
        {
            tensors.Add(Parameters(TensorGroup.Variance, 1, "variance", state, parameters));
        }

        tensors.Add(Parameters(TensorGroup.MasterGradients, 1, "master gradients", 4, parameters));
        tensors.Add(Parameters(TensorGroup.MasterWeights, 1, "master weights", 4, parameters));
        tensors.Add(Parameters(TensorGroup.ComputeWeights, 2, "compute weights", 2, parameters));
        if (run.Checkpointing)
        {
            tensors.Add(Activations(model, run));
        }

        tensors.Add(Parameters(TensorGroup.ComputeGradients, 4, "compute gradients", 2, parameters));
        return tensors;
    }

    private static HostTensor Parameters(TensorGroup group, int priority, string name, int bytesEach, long parameters) => new(
        group, priority, bytesEach * parameters,
        new FootprintTerm(name, bytesEach * parameters, $"{bytesEach} B x P", Text($"{bytesEach} B x {parameters:N0}"), Source));

    private static HostTensor Activations(ModelShape model, TrainingRun run)
    {
        var bytes = 2L * run.Sequences * run.ContextTokens * model.Hidden * model.Layers.Count;
        return new HostTensor(
            TensorGroup.Activations, 3, bytes,
            new FootprintTerm(
                "checkpointed activations", bytes, "2 B x sequences x tokens x hidden x layers",
                Text($"2 B x {run.Sequences} x {run.ContextTokens:N0} x {model.Hidden:N0} x {model.Layers.Count}"), Source));
    }

    /// <summary>
    /// What PyTorch's pinned allocator adds to the activations: every checkpoint (one layer of one rank) is rounded up to a power of two.
    /// Explains the growth per GPU of the measured ZeRO-Offload runs.
    /// </summary>
    public static FootprintTerm PinnedRounding(ModelShape model, TrainingRun run)
    {
        var one = 2L * run.MicroBatch * run.ContextTokens * model.Hidden;
        var rounded = PowerOfTwo(one);
        return new FootprintTerm(
            "pinned rounding of activations", (double)(rounded - one) * model.Layers.Count * run.DataParallel, "(pow2(a) - a) x layers x ranks, a = 2 B x micro-batch x tokens x hidden",
            Text($"({rounded:N0} - {one:N0}) B x {model.Layers.Count} x {run.DataParallel}"), "PyTorch pinned host allocator, power-of-two size classes");
    }

    /// <summary>The smallest power of two that is not below.</summary>
    public static long PowerOfTwo(long bytes) => bytes <= 1 ? 1 : (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)bytes);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
