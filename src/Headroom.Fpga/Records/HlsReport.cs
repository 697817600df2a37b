using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Headroom.Fpga.Boards;

namespace Headroom.Fpga.Records;

/// <summary>The figures of a synthesis report; null where the report has none or prints "undef" or "?".</summary>
public sealed record HlsReport
{
    public string? TopModule { get; init; }

    public string? ToolVersion { get; init; }

    public string? Part { get; init; }

    public double? TargetClockNanoseconds { get; init; }

    public double? EstimatedClockNanoseconds { get; init; }

    public double? CyclesMin { get; init; }

    public double? CyclesMax { get; init; }

    public double? IntervalMin { get; init; }

    public double? IntervalMax { get; init; }

    public double? Lut { get; init; }

    public double? FlipFlop { get; init; }

    public double? Dsp { get; init; }

    public double? BlockRam18 { get; init; }

    public double? UltraRam { get; init; }

    public Capacity? Available { get; init; }
}

/// <summary>Reads the C synthesis report (csynth.xml) of Vivado HLS and Vitis HLS.</summary>
public static class CsynthXml
{
    /// <summary>Reports larger than this are refused.</summary>
    public const long MaximumCharacters = 64L << 20;

    /// <exception cref="InvalidDataException">The file is not such a report; the message says why.</exception>
    public static HlsReport Read(Stream xml)
    {
        XElement root;
        try
        {
            using var reader = XmlReader.Create(xml, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaximumCharacters });
            root = XDocument.Load(reader).Root!;
        }
        catch (XmlException error)
        {
            throw new InvalidDataException($"Expected a csynth.xml report: {error.Message}", error);
        }

        if (root.Name.LocalName != "profile")
        {
            throw new InvalidDataException($"Expected a csynth.xml report with root element 'profile', found '{root.Name.LocalName}'.");
        }

        var user = root.Element("UserAssignments");
        var timing = root.Element("PerformanceEstimates")?.Element("SummaryOfTimingAnalysis");
        var latency = root.Element("PerformanceEstimates")?.Element("SummaryOfOverallLatency");
        var area = root.Element("AreaEstimates");
        var used = area?.Element("Resources");
        var available = area?.Element("AvailableResources");
        return new HlsReport
        {
            TopModule = user?.Element("TopModelName")?.Value,
            ToolVersion = root.Element("ReportVersion")?.Element("Version")?.Value,
            Part = user?.Element("Part")?.Value,
            TargetClockNanoseconds = Number(user, "TargetClockPeriod"),
            EstimatedClockNanoseconds = Number(timing, "EstimatedClockPeriod"),
            CyclesMin = Number(latency, "Best-caseLatency"),
            CyclesMax = Number(latency, "Worst-caseLatency"),
            IntervalMin = Number(latency, "Interval-min"),
            IntervalMax = Number(latency, "Interval-max"),
            Lut = Number(used, "LUT"),
            FlipFlop = Number(used, "FF"),
            Dsp = Number(used, "DSP") ?? Number(used, "DSP48E"),
            BlockRam18 = Number(used, "BRAM_18K"),
            UltraRam = Number(used, "URAM"),
            Available = available is null ? null : new Capacity(
                Number(available, "LUT") ?? 0, Number(available, "FF") ?? 0, Number(available, "DSP") ?? Number(available, "DSP48E") ?? 0,
                Number(available, "BRAM_18K") ?? 0, Number(available, "URAM") ?? 0),
        };
    }

    private static double? Number(XElement? parent, string name) =>
        double.TryParse(parent?.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}

/// <summary>Reads the table of a Vivado utilization report (after logic synthesis or implementation).</summary>
public static partial class UtilizationReport
{
    public static HlsReport Read(TextReader text)
    {
        HlsReport report = new();
        while (text.ReadLine() is { } line)
        {
            if (line.Length > 4096 || Row().Match(line) is not { Success: true } row)
            {
                continue;
            }

            var name = row.Groups["name"].Value.Trim().TrimEnd('*').Trim();
            if (!double.TryParse(row.Groups["used"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var used))
            {
                continue;
            }

            report = name switch
            {
                "CLB LUTs" or "Slice LUTs" => report with { Lut = report.Lut ?? used },
                "CLB Registers" or "Slice Registers" => report with { FlipFlop = report.FlipFlop ?? used },
                "DSPs" or "DSP Slices" => report with { Dsp = report.Dsp ?? used },
                "Block RAM Tile" => report with { BlockRam18 = report.BlockRam18 ?? used * 2 },
                "URAM" => report with { UltraRam = report.UltraRam ?? used },
                _ => report,
            };
        }

        return report.Lut is not null
            ? report
            : throw new InvalidDataException("Expected a Vivado utilization report with a row 'CLB LUTs' or 'Slice LUTs', found none.");
    }

    [GeneratedRegex(@"^\|\s*(?<name>[^|]{1,80}?)\s*\|\s*(?<used>\d+(?:\.\d+)?)\s*\|", RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
