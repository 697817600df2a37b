using System.Globalization;
using System.Text.Json;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Planning;

/// <summary>A plan as what realises it: <c>numactl</c> for the process, DeepSpeed's configuration for the offload.</summary>
public static class PlanCommands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>
    /// numactl binds a whole process, so it can realise the shares of all tensors together (weighted interleave, Linux 6.9); the bytes of each tensor are
    /// in the comments, for an allocator that binds tensor by tensor.
    /// </summary>
    public static string Numactl(PlacementPlan plan, PlannedPlacement chosen)
    {
        var placement = chosen.Placement!;
        var nodes = plan.Machine.Tiers.Select((tier, index) => (Tier: tier, Bytes: placement.Bytes.Sum(row => row[index]))).Where(one => one.Tier.NumaNode is not null && one.Bytes > 0).ToArray();
        var least = nodes.Min(one => one.Bytes);
        var lines = new List<string>();
        if (nodes.Length == 1)
        {
            lines.Add(Text($"numactl --membind={nodes[0].Tier.NumaNode} -- deepspeed train.py --deepspeed ds_config.json"));
        }
        else
        {
            lines.AddRange(nodes.Select(one => Text($"echo {Math.Clamp((int)Math.Round((double)one.Bytes / least), 1, 255)} > /sys/kernel/mm/mempolicy/weighted_interleave/node{one.Tier.NumaNode}")));
            lines.Add(Text($"numactl --weighted-interleave={string.Join(',', nodes.Select(one => one.Tier.NumaNode))} -- deepspeed train.py --deepspeed ds_config.json"));
        }

        lines.AddRange(placement.Tensors.Select((tensor, index) =>
            Text($"# {tensor.Name}: {string.Join(", ", plan.Machine.Tiers.Select((tier, at) => (tier.Name, Bytes: placement.Bytes[index][at])).Where(one => one.Bytes > 0).Select(one => Text($"{one.Name} {one.Bytes:N0} B")))}")));
        return string.Join('\n', lines);
    }

    public static string DeepSpeed(PlacementPlan plan, PlannedPlacement chosen)
    {
        string Device(TensorGroup group)
        {
            var placement = chosen.Placement!;
            var index = placement.Tensors.ToList().FindIndex(tensor => tensor.Group == group);
            return index >= 0 && plan.Machine.Tiers.Select((tier, at) => tier.Kind == TierKind.Nvme ? placement.Share(index, at) : 0).Sum() > 0.5 ? "nvme" : "cpu";
        }

        return JsonSerializer.Serialize(
            new
            {
                train_micro_batch_size_per_gpu = plan.Run.MicroBatch,
                gradient_accumulation_steps = 1,
                bf16 = new { enabled = true },
                zero_optimization = new
                {
                    stage = plan.Run.ZeroStage,
                    offload_optimizer = new { device = Device(TensorGroup.Momentum), pin_memory = true },
                    offload_param = new { device = Device(TensorGroup.ComputeWeights), pin_memory = true },
                },
                activation_checkpointing = new { cpu_checkpointing = plan.Run.Checkpointing, partition_activations = false },
                optimizer = new { type = plan.Run.Optimizer == Optimizer.Lion ? "Lion" : "Adam" },
            },
            Indented);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
