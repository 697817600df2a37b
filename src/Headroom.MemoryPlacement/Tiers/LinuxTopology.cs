using System.Globalization;

namespace Headroom.MemoryPlacement.Tiers;

/// <summary>A memory this Linux machine reports.</summary>
/// <param name="Name">node0, nvme0n1.</param>
/// <param name="Kind">A NUMA node with CPUs is DRAM, one without is CXL.</param>
/// <param name="NumaNode">Its node.</param>
/// <param name="CapacityBytes">Its size.</param>
/// <param name="ReadBytesPerSecond">Firmware's read bandwidth (HMAT), null where it says nothing.</param>
/// <param name="WriteBytesPerSecond">Its write bandwidth.</param>
/// <param name="LatencySeconds">Its read latency.</param>
public sealed record ReportedMemory(
    string Name, TierKind Kind, int? NumaNode, double CapacityBytes, double? ReadBytesPerSecond, double? WriteBytesPerSecond, double? LatencySeconds);

/// <summary>NUMA nodes, their HMAT attributes and NVMe devices as sysfs tells them.</summary>
public static class LinuxTopology
{
    private const double Mebibyte = 1 << 20;
    private const int SectorBytes = 512;

    /// <param name="root">Root of the file system, "/" or a recorded copy.</param>
    public static IReadOnlyList<ReportedMemory> Read(string root = "/")
    {
        IReadOnlyList<ReportedMemory> nodes = [.. Nodes(root).OrderBy(memory => memory.NumaNode)];
        return [.. nodes.Any(node => node.Kind == TierKind.Dram) ? nodes : [.. Whole(root), .. nodes], .. Drives(root)];
    }

    /// <summary>A kernel without NUMA, or a sandbox that hides it: all memory is one node.</summary>
    private static IEnumerable<ReportedMemory> Whole(string root) =>
        Size(Path.Combine(root, "proc/meminfo"), 1) is { } bytes and > 0 ? [new ReportedMemory("node0", TierKind.Dram, 0, bytes, null, null, null)] : [];

    private static IEnumerable<ReportedMemory> Nodes(string root)
    {
        var folder = Path.Combine(root, "sys/devices/system/node");
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var node in Directory.EnumerateDirectories(folder, "node*"))
        {
            if (!int.TryParse(Path.GetFileName(node).AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || Size(Path.Combine(node, "meminfo"), 3) is not { } bytes || bytes == 0)
            {
                continue;
            }

            var hasCpus = !string.IsNullOrWhiteSpace(Text(Path.Combine(node, "cpulist")));
            var attributes = Path.Combine(node, "access0/initiators");
            yield return new ReportedMemory(
                $"node{number}", hasCpus ? TierKind.Dram : TierKind.Cxl, number, bytes,
                Number(Path.Combine(attributes, "read_bandwidth")) * Mebibyte, Number(Path.Combine(attributes, "write_bandwidth")) * Mebibyte, Number(Path.Combine(attributes, "read_latency")) * 1e-9);
        }
    }

    private static IEnumerable<ReportedMemory> Drives(string root)
    {
        var folder = Path.Combine(root, "sys/block");
        return !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder, "nvme*").Order(StringComparer.Ordinal)
            .Select(drive => new ReportedMemory(Path.GetFileName(drive), TierKind.Nvme, null, (Number(Path.Combine(drive, "size")) ?? 0) * SectorBytes, null, null, null));
    }

    /// <summary>"Node 0 MemTotal: 24576000 kB", in /proc/meminfo without the node.</summary>
    private static double? Size(string path, int column) =>
        Text(path)?.Split('\n').FirstOrDefault(line => line.Contains("MemTotal:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { } parts && parts.Length > column
        && double.TryParse(parts[column], NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * 1024 : null;

    private static double? Number(string path) => double.TryParse(Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private static string? Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
