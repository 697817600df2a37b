using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;

namespace Headroom.Fpga.Records;

/// <summary>
/// A user's own synthesis result: a folder with csynth.xml, beside it (or up to five folders up) <c>network.json</c> or <c>model.json</c> (plain
/// description or Keras) and <c>hls4ml_config.yml</c>; a file ending in _utilization.rpt or named utilization.rpt or vivado_synth.rpt adds the counts after logic synthesis.
/// </summary>
internal static class ReportRecords
{
    public const string Source = "own-reports";
    private const int FoldersUp = 5;
    private static readonly string[] Networks = ["network.json", "model.json", "keras_model.json", "model.keras", "model.h5", "model.onnx"];
    private static readonly string[] Configurations = ["hls4ml_config.yml", "hls4ml_config.yaml"];
    private static readonly string[] Utilizations = ["utilization.rpt", "vivado_synth.rpt", "vivado_synth_utilization.rpt"];

    public static IEnumerable<SynthesisRecord> Read(string path)
    {
        if (Beside(path, Networks) is not { } networkPath)
        {
            yield break;
        }

        HlsReport report;
        using (var file = File.OpenRead(path))
        {
            report = CsynthXml.Read(file);
        }

        var stage = ReportStage.HighLevelSynthesis;
        if (Beside(path, Utilizations) is { } utilizationPath)
        {
            using var text = File.OpenText(utilizationPath);
            var logic = UtilizationReport.Read(text);
            report = report with { Lut = logic.Lut, FlipFlop = logic.FlipFlop, Dsp = logic.Dsp, BlockRam18 = logic.BlockRam18 };
            stage = ReportStage.LogicSynthesis;
        }

        var network = ModelFiles.Read(File.ReadAllBytes(networkPath), Path.GetFileName(networkPath));
        var configuration = Beside(path, Configurations) is { } yaml ? Hls4mlYaml.Read(File.ReadAllText(yaml)) : new HlsConfiguration();
        yield return new SynthesisRecord
        {
            Id = path,
            Source = Source,
            SplitGroup = networkPath,
            Subset = "own",
            Design = new Design(network, configuration with
            {
                Part = report.Part ?? configuration.Part,
                ClockPeriodNanoseconds = report.TargetClockNanoseconds ?? configuration.ClockPeriodNanoseconds,
                ToolVersion = report.ToolVersion,
                Stage = stage,
            }),
            Succeeded = true,
            Available = report.Available,
            BlockRam18 = report.BlockRam18,
            Dsp = report.Dsp,
            FlipFlop = report.FlipFlop,
            Lut = report.Lut,
            Cycles = report.CyclesMax,
            InitiationInterval = report.IntervalMax,
        };
    }

    private static string? Beside(string path, string[] names)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        for (var up = 0; folder is not null && up <= FoldersUp; up++, folder = Path.GetDirectoryName(folder))
        {
            foreach (var name in names)
            {
                if (Path.Combine(folder, name) is var candidate && File.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
