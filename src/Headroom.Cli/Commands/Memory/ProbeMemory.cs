using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.Cli.Commands.Memory;

/// <summary><c>headroom probe memory</c>: which memories this machine reports, and what the memory of this process does.</summary>
internal static class ProbeMemory
{
    private const double Mebibyte = 1 << 20;

    public static Command Create()
    {
        var buffer = new Option<int>("--buffer-mib") { Description = "MiB of each of two buffers (default 512).", DefaultValueFactory = _ => 512 };
        var seconds = new Option<double>("--seconds") { Description = "Seconds for each operation (default 1).", DefaultValueFactory = _ => 1 };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("memory", "Measure read, write, copy and latency of this machine's memory; under numactl --membind, of one node.") { buffer, seconds, json, seed };
        command.SetAction((result, cancellationToken) =>
        {
            if (result.GetValue(buffer) is < 1 or > 65_536 || result.GetValue(seconds) is not (> 0 and <= 60))
            {
                Console.Error.WriteLine($"headroom probe memory: expected 1 to 65536 MiB and up to 60 seconds, got {result.GetValue(buffer)} MiB and {result.GetValue(seconds)} s");
                return Task.FromResult(1);
            }

            var bytes = (long)(result.GetValue(buffer) * Mebibyte);
            var measured = MemoryProbe.Run(bytes, result.GetValue(seconds), cancellationToken);
            var latency = MemoryProbe.LatencySeconds(bytes, result.GetValue(seconds), result.GetValue(seed), cancellationToken);
            ReportWriter.Write(Make(measured, latency, LinuxTopology.Read(), result.GetValue(seed)), result.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Report Make(IReadOnlyList<ProbedBandwidth> measured, double latency, IReadOnlyList<ReportedMemory> memories, int seed) => new(
        "probe memory", Machine.Read(), seed,
        [.. measured.Select(one => new Figure($"memory.{one.Operation}", one.BytesPerSecond, "By/s")), new Figure("memory.latency", latency, "s")],
        [
            new Table("measured", ["operation", "bytes_per_second", "slowest", "fastest", "repeats"], [.. measured.Select(one => (IReadOnlyList<object?>)[one.Operation, one.BytesPerSecond, one.Lower, one.Upper, one.Repeats])]),
            new Table("reported by the machine", ["name", "kind", "numa_node", "capacity_bytes", "hmat_read_bytes_per_second", "hmat_write_bytes_per_second", "hmat_latency_s"], [.. memories.Select(one => (IReadOnlyList<object?>)
                [one.Name, $"{one.Kind}".ToLowerInvariant(), one.NumaNode, one.CapacityBytes, one.ReadBytesPerSecond, one.WriteBytesPerSecond, one.LatencySeconds])]),
        ]);
}
