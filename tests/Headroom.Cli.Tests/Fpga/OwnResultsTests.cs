using Headroom.Cli.Commands.Fpga;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Cli.Tests.Fpga;

/// <summary>A user's own synthesis results, from reports to a model, and a submission to the benchmark with it.</summary>
public sealed class OwnResultsTests : IDisposable
{
    private const int OwnDesigns = 6;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("headroom-fpga-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Own_reports_beside_a_data_set_make_a_local_model_that_writes_a_submission()
    {
        var data = folder.CreateSubdirectory("data");
        await File.WriteAllLinesAsync(Path.Combine(data.FullName, "designs.csv"), ["n_layers,arch,n_in,h1,h2,n_out,bits,reuse_factor,strategy,target_clock_ns,latency_min_cycles,bram_18k,dsp,ff,lut,split", .. Rows()], Cancel);
        var own = folder.CreateSubdirectory("own");
        for (var design = 1; design <= OwnDesigns; design++)
        {
            var place = own.CreateSubdirectory($"design{design}");
            await File.WriteAllTextAsync(Path.Combine(place.FullName, "design.json"), Record($"own{design}", 8 * design), Cancel);
            await File.WriteAllTextAsync(Path.Combine(place.FullName, "myproject_csynth.xml"), Report(8 * design), Cancel);
        }

        var file = Path.Combine(folder.FullName, "own.bin");
        Assert.Equal(0, await TrainFpga.Create().Parse(["--data", data.FullName, "--results", own.FullName, "--out", file, "--json"]).InvokeAsync(cancellationToken: Cancel));
        var card = ModelFile.Read(file).Model;
        Assert.Equal([("wa-2-3layer", 36), ("own results", OwnDesigns)], card.Sources.Select(source => (source.Name, source.Rows)));
        Assert.False(card.MayBeRedistributed);

        var samples = Path.Combine(folder.FullName, "samples.jsonl");
        await File.WriteAllLinesAsync(samples, [Record("a", 16), Record("b", 24)], Cancel);
        var submission = Path.Combine(folder.FullName, "submission.csv");
        Assert.Equal(0, await SubmitFpga.Create().Parse(["--data", samples, "--model", file, "--out", submission, "--json"]).InvokeAsync(cancellationToken: Cancel));
        var lines = await File.ReadAllLinesAsync(submission, Cancel);
        Assert.Equal("sample_id,BRAM,DSP,FF,LUT,cycles_max,interval_max", lines[0]);
        Assert.Equal(["a", "b"], lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.All(lines.Skip(1), line => Assert.InRange(double.Parse(line.Split(',')[4], System.Globalization.CultureInfo.InvariantCulture), 1, 1e6));
    }

    // 8 x h x 16 networks at reuse 8: LUT grows with the widths.
    private static IEnumerable<string> Rows() =>
        from hidden in Enumerable.Range(1, 12).Select(step => step * 8)
        from bits in new[] { 4, 8, 16 }
        let dsp = bits >= 8 ? hidden + (hidden * 2) : 0
        select FormattableString.Invariant($"2,8-{hidden}-16,8,{hidden},,16,{bits},8,resource,5,19,1,{dsp},{(hidden * 20) + 100},{(hidden * (30 + bits)) + 500},train");

    private static string Record(string id, int hidden) => FormattableString.Invariant($$"""
        {"meta_data": {"uuid": "{{id}}"}, "model_config": [{"class_name": "Dense", "input_shape": [null, 8], "output_shape": [null, {{hidden}}], "neurons": {{hidden}}}],
        """).ReplaceLineEndings("") + """ "hls_config": {"Model": {"Precision": "fixed<16,6>", "ReuseFactor": 4, "Strategy": "Resource"}}, "target_part": "xcu250-figd2104-2L-e"}""";

    private static string Report(int hidden) => FormattableString.Invariant($$"""
        <profile><ReportVersion><Version>2020.1</Version></ReportVersion><UserAssignments><Part>xcu250-figd2104-2L-e</Part></UserAssignments>
        <PerformanceEstimates><SummaryOfOverallLatency><Worst-caseLatency>6</Worst-caseLatency><Interval-max>4</Interval-max></SummaryOfOverallLatency></PerformanceEstimates>
        <AreaEstimates><Resources><BRAM_18K>1</BRAM_18K><DSP48E>{{2 * hidden}}</DSP48E><FF>{{30 * hidden}}</FF><LUT>{{50 * hidden}}</LUT></Resources></AreaEstimates></profile>
        """);
}
