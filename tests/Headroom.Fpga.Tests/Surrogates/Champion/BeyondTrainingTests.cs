using FsCheck;
using FsCheck.Fluent;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Fpga.Tests.Surrogates.Champion;

/// <summary>What the shipped model, which knows single layers, says about designs it was not trained on.</summary>
public sealed class BeyondTrainingTests
{
    private static readonly HlsConfiguration Folded = new() { WeightPrecision = new FixedPoint(8, 1), ReuseFactor = 16, Strategy = HlsStrategy.Resource, ToolVersion = "2020.1" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HlsStrategy.Latency, 1)]
    [InlineData(HlsStrategy.Resource, 16)]
    public void A_network_costs_the_sum_of_its_layers_and_says_that_it_lies_outside(HlsStrategy strategy, int reuse)
    {
        var configuration = Folded with { Strategy = strategy, ReuseFactor = reuse };
        var whole = Ask([16, 64, 32, 5], configuration);
        DesignPrediction[] layers = [Ask([16, 64], configuration), Ask([64, 32], configuration), Ask([32, 5], configuration)];
        Assert.Contains(whole.OutsideTraining, line => line.StartsWith("3 layers", StringComparison.Ordinal));
        foreach (var target in new[] { Target.Lut, Target.Ff, Target.Dsp, Target.Bram })
        {
            Assert.Equal(layers.Sum(layer => layer[target]!.Value), whole[target]!.Value, 1e-6);
            Assert.True(whole[target]!.Upper >= layers.Sum(layer => layer[target]!.Value), target.Name());
        }

        Assert.Equal(layers.Max(layer => layer[Target.Ii]!.Value), whole[Target.Ii]!.Value);
        Assert.True(whole[Target.Cycles]!.Value >= layers.Max(layer => layer[Target.Cycles]!.Value));
    }

    [Fact]
    public void Two_dense_layers_are_more_than_the_one_of_training_although_a_recurrent_layer_has_two_products() =>
        Assert.Contains(Ask([32, 64, 32], Folded).OutsideTraining, line => line.StartsWith("2 layers", StringComparison.Ordinal));

    [Fact]
    public void Another_layer_never_makes_a_network_cheaper() => Prop.ForAll(
        Gen.Choose(1, 200).ArrayOf(4).ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (widths, reuse) =>
    {
        var configuration = Folded with { ReuseFactor = reuse };
        var (shorter, longer) = (Ask(widths[..3], configuration), Ask(widths, configuration));
        return Targets.All.All(target => longer[target]!.Value >= shorter[target]!.Value - 1e-6);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void A_layer_beyond_training_costs_no_more_or_less_per_unit_of_its_rule_than_training_had() => Prop.ForAll(
        Gen.Choose(1, 20_000).ToArbitrary(), Gen.Choose(1, 20_000).ToArbitrary(), Gen.Choose(1, 64).ToArbitrary(), (inputs, outputs, bits) =>
    {
        var question = new DesignQuestion(DenseNetworks.Chain("net", [inputs, outputs]), Folded with { WeightPrecision = new FixedPoint(bits, 1) });
        var row = TrainingRow.Of(question);
        var answer = ((IDesignPredictor)Shipped).Predict(question);
        return !answer.IsOutOfRange || Shipped.Champion.TargetModels.All(model =>
        {
            var ratios = row.Region.Kin.Select(kin => model.Ratios.GetValueOrDefault(kin.Family)).First(known => known is not null)!;
            var said = answer[model.Target]!.Value;
            var ratio = LogCount.To(said) - row.Base(model.Target);

            // Cycles are said whole too: a few of them may have been half a cycle less.
            var rounding = model.Counting.IsWhole ? Math.Log(2) : Math.Max(0.01, LogCount.To(said) - LogCount.To(Math.Max(0, said - 0.5)));
            return ratio >= ratios.Lowest - rounding && ratio <= ratios.Highest + rounding;
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void A_region_asks_itself_first_and_then_each_that_differs_in_one_thing_before_those_that_differ_in_more()
    {
        var kin = TrainingRow.Of(new DesignQuestion(DenseNetworks.Chain("net", [32, 32]), Folded)).Region.Kin;
        Assert.Equal("Resource/folded/dense/Parallel/HighLevelSynthesis", kin[0].Name);
        Assert.Equal(8, kin.Select(region => region.Name).Distinct().Count());
        Assert.Equal(kin[0].Family, kin[1].Family);
    }

    private static ChampionPredictor Shipped => (ChampionPredictor)ShippedModel.Load();

    private static DesignPrediction Ask(int[] widths, HlsConfiguration configuration) =>
        Shipped.Predict([new DesignQuestion(DenseNetworks.Chain("net", widths), configuration)], Cancel)[0];
}
