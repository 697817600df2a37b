using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Tests.Records;

public sealed class ResultFolderTests : IDisposable
{
    private const string Design = """
        {"meta_data":{"uuid":"a"},"model_config":[{"class_name":"Dense","input_shape":[null,16],"output_shape":[null,8],"neurons":8}],
         "hls_config":{"Model":{"Precision":"fixed<16,6>","ReuseFactor":4,"Strategy":"Resource"}},"target_part":"xcu250-figd2104-2L-e"}
        """;

    private const string Csynth = """
        <profile><ReportVersion><Version>2020.1</Version></ReportVersion><UserAssignments><Part>xc7z020-clg400-1</Part></UserAssignments>
        <PerformanceEstimates><SummaryOfOverallLatency><Worst-caseLatency>9</Worst-caseLatency><Interval-max>4</Interval-max></SummaryOfOverallLatency></PerformanceEstimates>
        <AreaEstimates><Resources><BRAM_18K>3</BRAM_18K><DSP48E>32</DSP48E><FF>900</FF><LUT>1500</LUT></Resources></AreaEstimates></profile>
        """;

    private const string Utilization = """
        +----------------+------+-------+-----------+-------+
        |    Site Type   | Used | Fixed | Available | Util% |
        | CLB LUTs*      | 1100 |     0 |    274080 |  0.40 |
        | CLB Registers  |  850 |     0 |    548160 |  0.15 |
        | Block RAM Tile |  1.5 |     0 |       912 |  0.16 |
        | DSPs           |   32 |     0 |      2520 |  1.27 |
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("headroom-fpga-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_design_beside_its_synthesis_report_becomes_a_record()
    {
        Write("design.json", Design);
        Write("myproject_csynth.xml", Csynth);
        var record = Assert.Single(RecordFolder.Read(folder.FullName));
        Assert.Equal((3, 32, 900, 1500, 9, 4), (record.BlockRam18, record.Dsp, record.FlipFlop, record.Lut, record.Cycles, record.InitiationInterval));
        Assert.Equal(("xc7z020-clg400-1", ReportStage.HighLevelSynthesis), (record.Design.Configuration.Part, record.Design.Configuration.Stage));
    }

    [Fact]
    public void Counts_after_logic_synthesis_go_before_the_estimate()
    {
        Write("design.json", Design);
        Write("myproject_csynth.xml", Csynth);
        Write("vivado_synth.rpt", Utilization);
        var record = Assert.Single(RecordFolder.Read(folder.FullName));
        Assert.Equal((3, 850, 1100, 9, ReportStage.LogicSynthesis), (record.BlockRam18, record.FlipFlop, record.Lut, record.Cycles, record.Design.Configuration.Stage));
    }

    [Fact]
    public void A_design_without_a_report_is_named()
    {
        Write("design.json", Design);
        Assert.Contains("csynth.xml", Assert.Throws<InvalidDataException>(() => RecordFolder.Read(folder.FullName)).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        var place = folder.CreateSubdirectory("first");
        File.WriteAllText(Path.Combine(place.FullName, name), text);
    }
}
