using System.Text.Json;

namespace Headroom.Fpga.Records;

/// <summary>
/// A user's own synthesis result: a folder with <c>design.json</c> (a wa-hls4ml record without its reports: model_config, hls_config, target_part)
/// beside <c>csynth.xml</c> and, after logic synthesis, a utilization <c>.rpt</c>. Counts after logic synthesis go before estimates.
/// </summary>
internal static class ResultFolder
{
    public const string Source = "own results";
    public const string DesignFile = "design.json";

    /// <exception cref="InvalidDataException">The design cannot be read, or there is no report beside it; the message names the file.</exception>
    public static SynthesisRecord Read(string designPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(designPath))!;
        var utilization = Directory.EnumerateFiles(folder, "*.rpt").Order(StringComparer.Ordinal).FirstOrDefault();
        var csynth = Directory.EnumerateFiles(folder, "*csynth.xml").Order(StringComparer.Ordinal).FirstOrDefault();
        if (utilization is null && csynth is null)
        {
            throw new InvalidDataException($"{folder}: expected csynth.xml or a utilization .rpt beside {DesignFile}, found neither.");
        }

        var estimate = csynth is null ? null : Csynth(csynth);
        var counted = utilization is null ? null : Utilization(utilization);
        var resources = counted ?? estimate!;
        var design = Design(designPath);
        return design with
        {
            Id = Path.GetFileName(folder),
            Source = Source,
            SplitGroup = Path.GetFileName(folder),
            Subset = Source,
            Succeeded = true,
            Design = design.Design with
            {
                Configuration = design.Design.Configuration with
                {
                    Stage = counted is null ? Configurations.ReportStage.HighLevelSynthesis : Configurations.ReportStage.LogicSynthesis,
                    Part = estimate?.Part ?? design.Design.Configuration.Part,
                    ToolVersion = estimate?.ToolVersion ?? design.Design.Configuration.ToolVersion,
                },
            },
            Available = estimate?.Available,
            PrintedPerBlockRam18 = 1,
            BlockRam18 = resources.BlockRam18,
            Dsp = resources.Dsp,
            FlipFlop = resources.FlipFlop,
            Lut = resources.Lut,
            Cycles = estimate?.CyclesMax,
            InitiationInterval = estimate?.IntervalMax,
        };
    }

    private static SynthesisRecord Design(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return WaRecordReader.Accepts(document.RootElement)
                ? WaRecordReader.Read(document.RootElement)
                : throw new InvalidDataException($"{path}: expected model_config, hls_config and target_part as in a wa-hls4ml record.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    private static HlsReport Csynth(string path)
    {
        using var file = File.OpenRead(path);
        return Named(path, () => CsynthXml.Read(file));
    }

    private static HlsReport Utilization(string path)
    {
        using var file = File.OpenText(path);
        return Named(path, () => UtilizationReport.Read(file));
    }

    private static HlsReport Named(string path, Func<HlsReport> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }
}
