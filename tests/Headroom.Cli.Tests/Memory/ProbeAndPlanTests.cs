using Headroom.Cli.Commands.Memory;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.Cli.Tests.Memory;

/// <summary>What the probe writes is what the planner takes.</summary>
public sealed class ProbeAndPlanTests
{
    [Fact]
    public async Task The_file_of_a_probe_is_a_machine_that_can_be_planned_on()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-probe-");
        var file = Path.Combine(folder.FullName, "machine.json");
        var probed = await ProbeMemory.Create().Parse(["--buffer-mib", "16", "--seconds", "0.01", "--gpu", "H100 SXM", "--gpus", "2", "--out", file, "--json"])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, probed);
        var machine = MachineReader.ReadFile(file);
        Assert.Equal(("H100 SXM", 2), (machine.Gpu.Model, machine.Gpu.Count));
        Assert.Contains(machine.Tiers, tier => tier.Kind == TierKind.Dram && tier.CapacityBytes > 1e8 && tier.StreamBytesPerSecond > 1e8);

        var planned = await PlanMemory.Create().Parse(["--model", "llama-3.1-1b", "--machine", file, "--context", "4096", "--optimizer", "Lion", "--zero", "2", "--json"])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, planned);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_gpu_nobody_knows_is_refused() => Assert.Equal(
        1, await ProbeMemory.Create().Parse(["--buffer-mib", "1", "--seconds", "0.001", "--gpu", "toaster"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
}
