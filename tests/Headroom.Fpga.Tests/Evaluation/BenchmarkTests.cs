using Headroom.Fpga.Evaluation;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Tests.Evaluation;

public sealed class BenchmarkTests
{
    [Fact]
    public void A_submission_line_has_the_columns_of_the_header_and_blocks_of_36_kilobits()
    {
        var record = SyntheticRecords.Networks()[0] with { Id = "sample", PrintedPerBlockRam18 = 0.5 };
        var line = Benchmark.Line(record, new Dictionary<Target, double> { [Target.Bram] = 3, [Target.Dsp] = 7, [Target.Lut] = 10.25, [Target.Cycles] = 19 });
        Assert.Equal("sample,1.5,7,,10.25,19,", line);
        Assert.Equal(Benchmark.Header.Count(character => character == ','), line.Count(character => character == ','));
    }

    [Fact]
    public void Scores_follow_the_benchmark_with_one_added_below()
    {
        var benchmark = new Benchmark();
        var record = SyntheticRecords.Networks()[0];
        benchmark.Add(record with { Dsp = 0 }, new Dictionary<Target, double> { [Target.Dsp] = 1 });
        benchmark.Add(record with { Dsp = 9 }, new Dictionary<Target, double> { [Target.Dsp] = 9 });
        var score = benchmark.Scores().Single(entry => entry.Group == "dense");
        Assert.Equal(2, score.Count);
        Assert.Equal(200.0 / 2 * 0.5, score.SmapePercent, 9);
        Assert.Equal(Math.Sqrt(0.5), score.Rmse, 9);
        Assert.Equal(1 - (1 / 40.5), score.R2!.Value, 9);
    }

    [Fact]
    public void Exemplars_are_scored_together_and_network_by_network()
    {
        var benchmark = new Benchmark();
        var record = SyntheticRecords.Networks()[0];
        foreach (var name in new[] { "Jet_8b_4rf_R", "Jet_16b_4rf_R", "BiPC_8b_1rf_L" })
        {
            benchmark.Add(record with { Subset = "exemplar", Design = record.Design with { Network = record.Design.Network with { Name = name } } }, new Dictionary<Target, double> { [Target.Lut] = 1 });
        }

        Assert.Equal([("all", 3), ("exemplar", 3), ("exemplar BiPC", 1), ("exemplar Jet", 2)], benchmark.Scores().Select(score => (score.Group, score.Count)));
    }
}
