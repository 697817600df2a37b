using System.Globalization;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Tiers;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Web.Features.Memory;

/// <summary>A host's memories and GPUs as its agent tells them.</summary>
/// <param name="Memories">NUMA nodes and NVMe devices; the host's memory as one node where the agent sees no nodes.</param>
/// <param name="FreeBytes">Free memory by node.</param>
/// <param name="Gpu">Its GPUs; null where it has none that the catalogue knows.</param>
internal sealed record HostMemoryMap(string Host, IReadOnlyList<ReportedMemory> Memories, IReadOnlyDictionary<string, double> FreeBytes, GpuSpec? Gpu);

/// <summary>Reads a host of the fleet as a machine for plans.</summary>
internal sealed class HostMemories(IDbContextFactory<HeadroomDbContext> contexts, EntityReader entities)
{
    private const double Mebibyte = 1 << 20;

    // A machine does not change much: what it told within the last month still describes it.
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Null when there is no such host.</summary>
    public async Task<HostMemoryMap?> ReadAsync(int hostId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Hosts.Where(host => host.HostId == hostId).Select(host => host.Name).SingleOrDefaultAsync(cancellationToken) is not { } name)
        {
            return null;
        }

        var nodes = await entities.ReadLatestAsync(hostId, EntityKind.NumaNode, ["system.memory.limit", "system.memory.usage.free"], Window, cancellationToken);
        var disks = await entities.ReadLatestAsync(hostId, EntityKind.Disk, ["system.disk.limit"], Window, cancellationToken);
        var gpus = await entities.ReadLatestAsync(hostId, EntityKind.Gpu, ["hw.gpu.memory.limit"], Window, cancellationToken);
        IReadOnlyList<ReportedMemory> memories = [.. nodes.Where(node => node.Values[0] > 0).Select(Node), .. disks.Where(IsNvme).Select(Drive)];
        if (memories.All(memory => memory.Kind != TierKind.Dram))
        {
            memories = [.. await WholeAsync(hostId, cancellationToken), .. memories];
        }

        var free = nodes.Where(node => node.Values[1] is not null).ToDictionary(node => node.Entity.Key, node => (double)node.Values[1]!.Value);
        return new HostMemoryMap(name, memories, free, Gpu(gpus));
    }

    /// <summary>The host as a machine; <paramref name="chosen"/> stands in where it has no known GPU of its own.</summary>
    /// <exception cref="MemoryInputException">It has no GPU and none was chosen, or it sent no memory yet.</exception>
    public static MachineSpec Machine(HostMemoryMap host, GpuSpec? chosen) => ReportedMachine.Of(
        host.Host,
        host.Memories,
        host.Gpu ?? chosen ?? throw new MemoryInputException($"{host.Host}: expected a GPU the catalogue knows, the host reports none; name one of {string.Join(", ", GpuCatalogue.All.Select(gpu => gpu.Model))}."));

    private static ReportedMemory Node(EntityLatest node)
    {
        double? Told(string name) => double.TryParse(node.Entity.Attributes.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;
        var hasCpus = node.Entity.Attributes.GetValueOrDefault("numa.cpus") is { Length: > 0 };
        var number = int.TryParse(node.Entity.Key.AsSpan(Math.Min(4, node.Entity.Key.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return new ReportedMemory(
            node.Entity.Key, hasCpus ? TierKind.Dram : TierKind.Cxl, number, node.Values[0]!.Value,
            Told("numa.read_bandwidth") * Mebibyte, Told("numa.write_bandwidth") * Mebibyte, Told("numa.read_latency") * 1e-9);
    }

    private static bool IsNvme(EntityLatest disk) => disk.Entity.Key.StartsWith("nvme", StringComparison.Ordinal) && disk.Values[0] > 0;

    private static ReportedMemory Drive(EntityLatest disk) => new(disk.Entity.Key, TierKind.Nvme, null, disk.Values[0]!.Value, null, null, null);

    private async Task<IEnumerable<ReportedMemory>> WholeAsync(int hostId, CancellationToken cancellationToken)
    {
        var hosts = await entities.ReadLatestAsync(hostId, EntityKind.Host, ["system.memory.limit"], Window, cancellationToken);
        return hosts.Where(host => host.Values[0] > 0).OrderByDescending(host => host.At).Take(1)
            .Select(host => new ReportedMemory("node0", TierKind.Dram, 0, host.Values[0]!.Value, null, null, null));
    }

    private static GpuSpec? Gpu(IReadOnlyList<EntityLatest> gpus)
    {
        if (gpus.Count == 0 || InstalledGpus.Match(gpus[0].Entity.Attributes.GetValueOrDefault("hw.model") ?? gpus[0].Entity.Name, gpus.Count) is not { } known)
        {
            return null;
        }

        return gpus.Min(gpu => gpu.Values[0]) is { } bytes and > 0 ? known with { MemoryBytes = bytes } : known;
    }
}
