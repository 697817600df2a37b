using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>
/// Pressure stall information of a cgroup: "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345", then a line "full". The totals
/// are microseconds, so their increase per second is the share of time that was lost.
/// </summary>
internal sealed class PressureFile(KernelFile file, int some, int full) : IWorkloadReader
{
    private const double Microseconds = 1e-6;

    /// <summary>Reads the three pressure files where the v2 hierarchy has them.</summary>
    public static void AddAll(CgroupLocation location, List<IWorkloadReader> readers)
    {
        foreach (var (file, metric) in new[] { ("cpu.pressure", "container.cpu.pressure"), ("memory.pressure", "container.memory.pressure"), ("io.pressure", "container.disk.pressure") })
        {
            if (location.V2(file) is { } present)
            {
                readers.Add(new PressureFile(present, WorkloadMetric.Ordinal($"{metric}.some"), WorkloadMetric.Ordinal($"{metric}.full")));
            }
        }
    }

    public void Read(Entity entity)
    {
        if (!file.TryRead(out var content))
        {
            return;
        }

        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var total = line.LastIndexOf("total="u8);
            if (total > 0 && new Fields(line[(total + 6)..]).TryReadUnsigned(out var microseconds))
            {
                entity.SetRate(line.StartsWith("full"u8) ? full : some, microseconds, Microseconds);
            }
        }
    }

    public void Dispose() => file.Dispose();
}
