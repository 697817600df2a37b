using System.Text.Json;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Tests.Planning;

public sealed class PlannerTests
{
    private static PlacementPlan Plan(double dram, int cards, TrainingRun? run = null) => PlacementPlanner.Default.Plan(
        SampleModels.Read("mistral-nemo-12b"), run ?? new TrainingRun(1, 32_768), MachineCatalogue.Of(GpuCatalogue.Named("RTX 5090", 2), dram, cards, 512));

    [Fact]
    public void The_step_lies_in_its_interval_and_the_interval_has_a_width()
    {
        foreach (var placed in Plan(128, 1).Placements.Where(one => one.StepInterval is not null))
        {
            Assert.True(placed.StepInterval!.Value.Contains(placed.StepSeconds!.Value));
            Assert.True(placed.StepInterval.Value.Width > 0);
        }
    }

    [Fact]
    public void One_sentence_says_what_limits()
    {
        Assert.StartsWith("Host memory limits", Plan(64, 0).Limit, StringComparison.Ordinal);
        Assert.StartsWith("The backward phase limits", Plan(128, 1).Limit, StringComparison.Ordinal);
        Assert.StartsWith("GPU memory limits", Plan(128, 1, new TrainingRun(16, 131_072)).Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void More_gpus_than_the_machine_has_are_refused() => Assert.Throws<MemoryInputException>(() => Plan(128, 1, new TrainingRun(Gpus: 3)));

    [Fact]
    public void The_cheapest_machine_fits_and_nothing_cheaper_does()
    {
        var plan = Plan(128, 1);
        var fitting = MachineComparison.ThatFit(plan);
        Assert.NotEmpty(fitting);
        Assert.Equal(fitting.Min(one => one.Machine.PriceUsd), MachineComparison.Cheapest(plan)!.Machine.PriceUsd);
        Assert.All(fitting, one => Assert.True(one.Machine.Tiers.Sum(tier => tier.CapacityBytes) >= plan.HostBytes));
    }

    [Fact]
    public void Commands_name_every_node_and_are_valid()
    {
        var plan = Plan(128, 1);
        var numactl = PlanCommands.Numactl(plan, plan.Best!);
        Assert.Contains("numactl --weighted-interleave=0,1", numactl, StringComparison.Ordinal);
        using var deepSpeed = JsonDocument.Parse(PlanCommands.DeepSpeed(plan, plan.Best!));
        Assert.Equal("cpu", deepSpeed.RootElement.GetProperty("zero_optimization").GetProperty("offload_optimizer").GetProperty("device").GetString());
    }

    [Fact]
    public void A_machine_survives_being_written_and_read()
    {
        var machine = MachineCatalogue.Of(GpuCatalogue.Named("A100 80GB", 4), 256, 2, 512);
        var again = MachineReader.Read(MachineReader.Write(machine), "again");
        Assert.Equal(machine.Gpu, again.Gpu);
        Assert.Equal(machine.Tiers.Select(tier => (tier.Name, tier.Kind, tier.NumaNode, tier.CapacityBytes)), again.Tiers.Select(tier => (tier.Name, tier.Kind, tier.NumaNode, tier.CapacityBytes)));
    }

    [Theory]
    [InlineData("{}", "expected a gpu")]
    [InlineData("{\"gpu\":{\"memoryGiB\":32,\"bf16Tflops\":100},\"tiers\":[]}", "kind dram")]
    [InlineData("{\"gpu\":{\"memoryGiB\":-1,\"bf16Tflops\":100},\"tiers\":[{\"kind\":\"dram\",\"capacityGiB\":1}]}", "gpu memoryGiB")]
    [InlineData("{\"gpu\":{\"memoryGiB\":32,\"bf16Tflops\":100},\"tiers\":[{\"kind\":\"dram\",\"capacityGiB\":0}]}", "capacityGiB of dram")]
    [InlineData("{\"gpus\":1}", "gpus")]
    public void A_bad_machine_is_told_what_was_expected(string json, string part) =>
        Assert.Contains(part, Assert.Throws<MemoryInputException>(() => MachineReader.Read(json, "test")).Message, StringComparison.OrdinalIgnoreCase);
}
