namespace Headroom.MemoryPlacement.Tiers;

/// <summary>A machine as it reports itself: NUMA nodes with CPUs are DRAM, those without are CXL, NVMe devices are storage.</summary>
public static class ReportedMachine
{
    /// <summary>An Adam step reads four words and writes three.</summary>
    private const double ReadShare = 4.0 / 7;

    /// <param name="name">Its name.</param>
    /// <param name="memories">What it reports.</param>
    /// <param name="gpu">Its GPUs.</param>
    /// <param name="measured">What a probe found, by name of the memory; goes before what firmware says.</param>
    /// <exception cref="MemoryInputException">It reports no memory with CPUs.</exception>
    public static MachineSpec Of(string name, IReadOnlyList<ReportedMemory> memories, GpuSpec gpu, IReadOnlyDictionary<string, ProbedMemory>? measured = null)
    {
        if (memories.All(memory => memory.Kind != TierKind.Dram))
        {
            throw new MemoryInputException($"{name}: expected at least one NUMA node with CPUs, found {memories.Count} memories without one.");
        }

        var tiers = memories.Where(memory => memory.CapacityBytes > 0).OrderBy(memory => memory.Kind).Select(memory => Tier(memory, measured?.GetValueOrDefault(memory.Name)));
        return new MachineSpec(name, gpu, [.. tiers], MachineSpec.DefaultOverheadBytes, null, "read from the machine");
    }

    private static MemoryTier Tier(ReportedMemory memory, ProbedMemory? probed)
    {
        var known = TierDefaults.Of(memory.Kind);
        var (read, write) = (probed?.Of("read") ?? memory.ReadBytesPerSecond, probed?.Of("write") ?? memory.WriteBytesPerSecond ?? memory.ReadBytesPerSecond);
        return known with
        {
            Name = memory.Name,
            NumaNode = memory.NumaNode,
            CapacityBytes = memory.CapacityBytes,
            StreamBytesPerSecond = 1 / ((ReadShare / read) + ((1 - ReadShare) / write)) ?? known.StreamBytesPerSecond,
            GpuReadBytesPerSecond = Math.Min(known.GpuReadBytesPerSecond, read ?? double.PositiveInfinity),
            GpuWriteBytesPerSecond = Math.Min(known.GpuWriteBytesPerSecond, write ?? double.PositiveInfinity),
            LatencySeconds = probed?.LatencySeconds ?? memory.LatencySeconds ?? known.LatencySeconds,
            Source = (probed, read) switch
            {
                (not null, _) => "measured by headroom probe memory; GPU copies at most the calibrated ones",
                (_, not null) => "bandwidth from firmware (HMAT); GPU copies at most the calibrated ones",
                _ => $"capacity from the machine, rest from {known.Source}",
            },
        };
    }
}
