using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Options;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Tests.Options;

public sealed class MemoryWhatIfTests
{
    private static PlacementPlan Plan(double dram = 128) => PlacementPlanner.Default.Plan(
        SampleModels.Read("mistral-nemo-12b"), new TrainingRun(1, 32_768), MachineCatalogue.Of(GpuCatalogue.Named("RTX 5090", 1), dram, 1, 512));

    [Fact]
    public void Savings_are_the_claimed_share_of_what_they_make_smaller()
    {
        var plan = Plan();
        var answer = MemoryWhatIf.Training(plan, ["8-bit Adam", "WTA-CRS"]);
        double parameters = plan.Model.Parameters;
        Assert.Equal(plan.HostBytes, answer.NeedBytes);
        Assert.Equal(12 * parameters * 0.5, answer.Savings[0].SavedBytes, 1);
        Assert.Equal(answer.NeedBytes - answer.Savings.Sum(saving => saving.SavedBytes), answer.LeftBytes, 1);
    }

    [Fact]
    public void Every_way_has_its_price_from_the_data_and_the_cards_are_cheaper_than_as_much_dram()
    {
        var plan = Plan();
        var ways = MemoryWhatIf.Training(plan, ["8-bit Adam"]).Ways.ToDictionary(way => way.Way);
        Assert.Equal(["compress", "offload to CXL", "offload to storage", "buy DRAM"], ways.Keys);
        Assert.All(ways.Values, way => Assert.True(way.StepSeconds > 0 && way.PriceUsd >= 5_360, way.Way));
        Assert.Equal(MachineComparison.ThatFit(plan).Min(one => one.Machine.PriceUsd), Math.Min(ways["offload to CXL"].PriceUsd!.Value, ways["buy DRAM"].PriceUsd!.Value));
        Assert.True(ways["offload to storage"].PriceUsd < ways["buy DRAM"].PriceUsd);
        Assert.Contains("not in the price data", ways["offload to storage"].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Serving_is_about_weights_and_the_cache_of_one_gpu()
    {
        var plan = Plan();
        var asIs = MemoryWhatIf.Serving(plan, []);
        var compressed = MemoryWhatIf.Serving(plan, ["4-bit weights", "Scissorhands"]);
        Assert.True(compressed.LeftBytes < asIs.LeftBytes);
        Assert.Equal(GpuFootprint.Serving(plan.Model, 1, 32_768).Bytes, asIs.NeedBytes, 1);
        Assert.Equal(compressed.Fits, compressed.LeftBytes <= plan.Machine.Gpu.MemoryBytes);
    }

    [Fact]
    public void An_option_for_something_else_is_refused_by_name() =>
        Assert.Contains("Scissorhands", Assert.Throws<MemoryInputException>(() => MemoryWhatIf.Training(Plan(), ["Scissorhands"])).Message, StringComparison.Ordinal);
}
