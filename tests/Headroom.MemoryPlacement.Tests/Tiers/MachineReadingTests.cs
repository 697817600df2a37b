using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Tests.Tiers;

public sealed class MachineReadingTests
{
    [Fact]
    public void A_node_without_cpus_is_cxl_and_firmware_bandwidth_is_read()
    {
        var root = Directory.CreateTempSubdirectory();
        Write(root, "sys/devices/system/node/node0/cpulist", "0-63");
        Write(root, "sys/devices/system/node/node0/meminfo", "Node 0 MemTotal:       131072 kB\nNode 0 MemFree: 10 kB");
        Write(root, "sys/devices/system/node/node3/cpulist", "\n");
        Write(root, "sys/devices/system/node/node3/meminfo", "Node 3 MemTotal:       262144 kB");
        Write(root, "sys/devices/system/node/node3/access0/initiators/read_bandwidth", "60000");
        Write(root, "sys/devices/system/node/node3/access0/initiators/read_latency", "250");
        Write(root, "sys/block/nvme0n1/size", "2048");
        var memories = LinuxTopology.Read(root.FullName);
        root.Delete(recursive: true);
        Assert.Equal([("node0", TierKind.Dram, 128L << 20), ("node3", TierKind.Cxl, 256L << 20), ("nvme0n1", TierKind.Nvme, 1L << 20)], memories.Select(memory => (memory.Name, memory.Kind, (long)memory.CapacityBytes)));
        Assert.Equal(60_000.0 * (1 << 20), memories[1].ReadBytesPerSecond);
        Assert.Equal(250e-9, memories[1].LatencySeconds!.Value, 12);
        Assert.Null(memories[0].ReadBytesPerSecond);
    }

    [Fact]
    public void The_probe_measures_something_plausible_and_ends()
    {
        var probed = MemoryProbe.Run(0, 16 << 20, 0.02, 1, TestContext.Current.CancellationToken);
        Assert.Equal(["write", "read", "copy"], probed.Bandwidths.Select(one => one.Operation));
        Assert.All(probed.Bandwidths, one => Assert.InRange(one.BytesPerSecond, 1e7, 1e13));
        Assert.InRange(probed.LatencySeconds, 1e-10, 1e-4);
    }

    private static void Write(DirectoryInfo root, string path, string text)
    {
        var file = Path.Combine(root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
