using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Tests.Tiers;

public sealed class ReportedMachineTests
{
    private const double Gibibyte = 1L << 30;

    private static readonly GpuSpec Gpu = GpuCatalogue.Named("H100 SXM");

    private static readonly IReadOnlyList<ReportedMemory> Memories =
    [
        new("node1", TierKind.Cxl, 1, 512 * Gibibyte, 40e9, 30e9, 250e-9),
        new("node0", TierKind.Dram, 0, 128 * Gibibyte, null, null, null),
        new("nvme0n1", TierKind.Nvme, null, 2e12, null, null, null),
    ];

    [Fact]
    public void Firmware_goes_before_defaults_and_a_measurement_before_both()
    {
        var probed = new ProbedMemory([new("write", 10e9, 9e9, 11e9, 3), new("read", 20e9, 19e9, 21e9, 3), new("copy", 15e9, 14e9, 16e9, 3)], 90e-9, true);
        var machine = ReportedMachine.Of("host", Memories, Gpu, new Dictionary<string, ProbedMemory> { ["node0"] = probed });
        Assert.Equal(["node0", "node1", "nvme0n1"], machine.Tiers.Select(tier => tier.Name));
        Assert.Equal(7 / ((4 / 20e9) + (3 / 10e9)), machine.Tiers[0].StreamBytesPerSecond, 1);
        Assert.Equal(20e9, machine.Tiers[0].GpuReadBytesPerSecond);
        Assert.Equal(7 / ((4 / 40e9) + (3 / 30e9)), machine.Tiers[1].StreamBytesPerSecond, 1);
        Assert.Equal(250e-9, machine.Tiers[1].LatencySeconds);
        Assert.Contains("capacity from the machine", machine.Tiers[2].Source, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_machine_reports_survives_as_a_machine_file_and_can_be_planned_on()
    {
        var machine = MachineReader.Read(MachineReader.Write(ReportedMachine.Of("host", Memories, Gpu)), "file");
        Assert.Equal(Memories.Select(memory => memory.CapacityBytes).Order(), machine.Tiers.Select(tier => tier.CapacityBytes).Order());
        Assert.NotNull(PlacementPlanner.Default.Plan(SampleModels.Read("qwen2.5-7b"), new TrainingRun(1, 4_096), machine).Best);
    }

    [Fact]
    public void A_machine_without_dram_is_refused() =>
        Assert.Contains("NUMA node with CPUs", Assert.Throws<MemoryInputException>(() => ReportedMachine.Of("odd", [Memories[0]], Gpu)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("NVIDIA H100 80GB HBM3", "H100 SXM")]
    [InlineData("NVIDIA A100-SXM4-80GB", "A100 80GB")]
    [InlineData("NVIDIA RTX A6000", "RTX A6000")]
    [InlineData("NVIDIA GeForce RTX 5090", "RTX 5090")]
    [InlineData("NVIDIA H200", "H200 SXM")]
    public void A_driver_s_name_finds_the_gpu(string name, string model) => Assert.Equal((model, 2), (InstalledGpus.Match(name, 2)!.Model, InstalledGpus.Match(name, 2)!.Count));

    [Fact]
    public void A_gpu_nobody_listed_is_unknown() => Assert.Null(InstalledGpus.Match("NVIDIA GeForce RTX 3060", 1));

    [Fact]
    public void A_kernel_without_numa_is_one_node()
    {
        var root = Directory.CreateTempSubdirectory();
        Directory.CreateDirectory(Path.Combine(root.FullName, "proc"));
        File.WriteAllText(Path.Combine(root.FullName, "proc/meminfo"), "MemTotal:       24576000 kB\nMemFree: 1 kB\n");
        var memory = Assert.Single(LinuxTopology.Read(root.FullName));
        root.Delete(recursive: true);
        Assert.Equal((TierKind.Dram, 24_576_000.0 * 1024), (memory.Kind, memory.CapacityBytes));
    }
}
