using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.Cli.Commands.Memory;

/// <summary>What the probe found, in the shape of every report.</summary>
internal static class ProbeReport
{
    public static Report Make(IReadOnlyList<ReportedMemory> memories, Dictionary<string, ProbedMemory> measured, GpuSpec? gpu, int seed)
    {
        var first = measured.Values.FirstOrDefault();
        return new Report(
            "probe memory", Machine.Read(), seed,
            first is null ? [] : [.. first.Bandwidths.Select(one => new Figure($"memory.{one.Operation}", one.BytesPerSecond, "By/s")), new Figure("memory.latency", first.LatencySeconds, "s")],
            [
                new Table("measured", ["memory", "bound", "operation", "bytes_per_second", "slowest", "fastest", "repeats"], [.. measured.SelectMany(pair => pair.Value.Bandwidths.Select(one => (IReadOnlyList<object?>)
                    [pair.Key, pair.Value.IsBound ? "yes" : "no", one.Operation, one.BytesPerSecond, one.Lower, one.Upper, one.Repeats]))]),
                new Table("latency", ["memory", "seconds"], [.. measured.Select(pair => (IReadOnlyList<object?>)[pair.Key, pair.Value.LatencySeconds])]),
                new Table("reported by the machine", ["name", "kind", "numa_node", "capacity_bytes", "hmat_read_bytes_per_second", "hmat_write_bytes_per_second", "hmat_latency_s"], [.. memories.Select(one => (IReadOnlyList<object?>)
                    [one.Name, $"{one.Kind}".ToLowerInvariant(), one.NumaNode, one.CapacityBytes, one.ReadBytesPerSecond, one.WriteBytesPerSecond, one.LatencySeconds])]),
                new Table("gpu", ["model", "count"], gpu is null ? [] : [[gpu.Model, gpu.Count]]),
            ]);
    }
}
