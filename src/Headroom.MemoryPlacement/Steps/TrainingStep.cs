using System.Globalization;
using Headroom.MemoryPlacement.Costs;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Steps;

/// <summary>
/// One step of ZeRO-3 training with offload. Forward: compute weights flow to the GPUs (each rank its part, gathered over the fast links), activations
/// flow back. Backward: weights and activations in, gradients out and widened to fp32 by the CPU. Optimizer: the Adam traffic of 28 bytes per element,
/// and 2 bytes of the new compute weights. Copies overlap with computing; the optimizer does not.
/// </summary>
public static class TrainingStep
{
    public static StepProgram Of(ModelShape model, TrainingRun run, MachineSpec machine, IReadOnlyList<HostTensor> tensors, CalibratedCosts costs)
    {
        var builder = new Builder(machine, run, tensors, costs);
        var (forward, backward) = ComputeSeconds(model, run, machine.Gpu);
        double elements = model.Parameters;
        return new StepProgram(
        [
            new("forward", forward, [.. builder.ToGpu(TensorGroup.ComputeWeights), .. builder.ToHost(TensorGroup.Activations)], Numbers(forward, machine.Gpu)),
            new("backward", backward,
            [
                .. builder.ToGpu(TensorGroup.ComputeWeights, TensorGroup.Activations), .. builder.ToHost(TensorGroup.ComputeGradients),
                .. builder.Cpu(0, (TensorGroup.ComputeGradients, 2 * elements), (TensorGroup.MasterGradients, 4 * elements)),
            ],
            Numbers(backward, machine.Gpu)),
            new("optimizer", 0, builder.Cpu(
                builder.FixedSeconds, (TensorGroup.MasterWeights, 8 * elements), (TensorGroup.MasterGradients, 4 * elements),
                (TensorGroup.Momentum, StateTraffic(run) * elements), (TensorGroup.Variance, StateTraffic(run) * elements), (TensorGroup.ComputeWeights, 2 * elements))),
        ]);
    }

    /// <summary>
    /// Seconds of forward and backward on each GPU: 2 FLOP per active parameter and token, causal scores, backward twice that, and the forward again where
    /// activations are not kept.
    /// </summary>
    public static (double Forward, double Backward) ComputeSeconds(ModelShape model, TrainingRun run, GpuSpec gpu)
    {
        var perToken = (2.0 * model.ActiveParameters) + model.Layers.Sum(layer => layer.Mixer.ScoreFlopsPerToken(run.ContextTokens));
        var forward = perToken * run.Tokens / run.Gpus / (gpu.FlopsPerSecond * gpu.Utilization);
        return (forward, forward * (run.Checkpointing ? 3 : 2));
    }

    private static string Numbers(double seconds, GpuSpec gpu) => string.Create(
        CultureInfo.InvariantCulture, $"{seconds * gpu.FlopsPerSecond * gpu.Utilization:0.###e0} FLOP / ({gpu.FlopsPerSecond / 1e12:0.#} TFLOP/s x {gpu.Utilization:0.##})");

    /// <summary>Read and write of one state per element.</summary>
    private static double StateTraffic(TrainingRun run) => run.Optimizer == Optimizer.Adam8Bit ? 2 : 8;

    private sealed class Builder(MachineSpec machine, TrainingRun run, IReadOnlyList<HostTensor> tensors, CalibratedCosts costs)
    {
        private readonly AdamContention contention = costs.Adam.Contention(run.Gpus);

        /// <summary>Starting the optimizer's threads, and the ranks' waiting for each other.</summary>
        public double FixedSeconds => 1e-3 * (costs.Adam.Alone.FixedMilliseconds + contention.StreamingWaitMilliseconds);

        public IEnumerable<StepLoad> ToGpu(params TensorGroup[] groups) => Copies(groups, "to GPU", tier => tier.GpuReadBytesPerSecond);

        public IEnumerable<StepLoad> ToHost(params TensorGroup[] groups) => Copies(groups, "from GPU", tier => tier.GpuWriteBytesPerSecond);

        /// <summary>
        /// CPU traffic of each tier, bytes per whole tensor. What ranks add to each other in DRAM hides behind no card, so it lengthens the load of every
        /// tier (see <see cref="AdamContention"/>).
        /// </summary>
        public IReadOnlyList<StepLoad> Cpu(double fixedSeconds, params (TensorGroup Group, double Bytes)[] traffic) =>
            [.. machine.Tiers.Select((tier, index) =>
            {
                var perByte = (1 / tier.StreamBytesPerSecond) + Disturbance(tier);
                var seconds = tensors.Select(tensor =>
                {
                    var bytes = traffic.Where(one => one.Group == tensor.Group).Sum(one => one.Bytes);
                    return machine.Tiers.Select((other, at) => bytes * (at == index ? perByte : Disturbance(other))).ToArray();
                }).ToArray();
                return new StepLoad($"{tier.Name} to CPU", LoadKind.CpuStream, fixedSeconds, seconds, 1 / perByte, index);
            })];

        private IEnumerable<StepLoad> Copies(TensorGroup[] groups, string way, Func<MemoryTier, double> bandwidth)
        {
            var all = tensors.Where(tensor => groups.Contains(tensor.Group)).Sum(tensor => (double)tensor.Bytes);
            yield return new StepLoad($"link {way}", LoadKind.GpuCopy, all / run.Gpus / machine.Gpu.LinkBytesPerSecond, Matrix(-1, _ => 0), machine.Gpu.LinkBytesPerSecond, -1);
            for (var index = 0; index < machine.Tiers.Count; index++)
            {
                var tier = machine.Tiers[index];
                yield return new StepLoad(
                    $"{tier.Name} {way}", LoadKind.GpuCopy, 0, Matrix(index, tensor => groups.Contains(tensor.Group) ? tensor.Bytes / bandwidth(tier) : 0), bandwidth(tier), index);
            }
        }

        /// <summary>Seconds that other ranks add to a byte of DRAM traffic.</summary>
        private double Disturbance(MemoryTier tier) => tier.IsLocal ? contention.DramNanoseconds * 1e-9 / AdamModel.BytesPerElement : 0;

        private double[][] Matrix(int tier, Func<HostTensor, double> seconds) =>
            [.. tensors.Select(tensor =>
            {
                var row = new double[machine.Tiers.Count];
                if (tier >= 0)
                {
                    row[tier] = seconds(tensor);
                }

                return row;
            })];
    }
}
