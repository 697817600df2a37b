using System.Buffers.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>
/// v2 <c>io.stat</c>: "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6", summed over devices. Where the io.latency controller
/// is on, the line also has <c>avg_lat</c> in microseconds; the worst device's is kept.
/// </summary>
internal sealed class IoStatReader(KernelFile file, StackedDevices stacked) : IWorkloadReader
{
    public void Read(Entity entity)
    {
        if (!file.TryRead(out var content))
        {
            return;
        }

        ulong readBytes = 0, writeBytes = 0, reads = 0, writes = 0, latencyMicroseconds = 0;
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var fields = new Fields(line);
            if (!fields.TryReadWord(out var device) || stacked.Excludes(device))
            {
                continue;
            }

            while (fields.TryReadWord(out var field))
            {
                Add(field, "rbytes="u8, ref readBytes);
                Add(field, "wbytes="u8, ref writeBytes);
                Add(field, "rios="u8, ref reads);
                Add(field, "wios="u8, ref writes);
                if (Value(field, "avg_lat="u8) is { } latency)
                {
                    latencyMicroseconds = Math.Max(latencyMicroseconds, latency);
                }
            }
        }

        entity.SetRate(DiskMetrics.ReadBytes, readBytes);
        entity.SetRate(DiskMetrics.WriteBytes, writeBytes);
        entity.SetRate(DiskMetrics.ReadOperations, reads);
        entity.SetRate(DiskMetrics.WriteOperations, writes);
        if (latencyMicroseconds > 0)
        {
            entity.Set(DiskMetrics.Latency, latencyMicroseconds * 1e-6);
        }
    }

    public void Dispose() => file.Dispose();

    private static void Add(ReadOnlySpan<byte> field, ReadOnlySpan<byte> key, ref ulong sum) => sum += Value(field, key) ?? 0;

    private static ulong? Value(ReadOnlySpan<byte> field, ReadOnlySpan<byte> key) =>
        field.StartsWith(key) && Utf8Parser.TryParse(field[key.Length..], out ulong value, out _) ? value : null;
}
