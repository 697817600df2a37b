using System.Globalization;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Records;

/// <summary>One kind of table of synthesis results, recognised by its columns.</summary>
internal interface ITableImporter
{
    string Name { get; }

    bool Accepts(CsvRows file);

    IEnumerable<SynthesisRecord> Read(CsvRows file);
}

/// <summary>One dense layer, Vivado HLS 2020.1, both strategies, with synthesis success.</summary>
internal sealed class OneDenseImporter : ITableImporter
{
    public string Name => "dense1";

    public bool Accepts(CsvRows file) => file.Has("n_in", "n_out", "bits", "reuse_factor", "strategy", "synth_success");

    public IEnumerable<SynthesisRecord> Read(CsvRows file)
    {
        foreach (var row in file.Read())
        {
            var inputs = row.Whole("n_in");
            var outputs = row.Whole("n_out");
            var bits = row.Whole("bits");
            var strategy = row.Text("strategy") == "latency" ? HlsStrategy.Latency : HlsStrategy.Resource;
            var design = new Design(
                DenseNetworks.Chain($"{inputs}-{outputs}", [inputs, outputs]),
                new HlsConfiguration
                {
                    WeightPrecision = new FixedPoint(bits, 1),
                    ReuseFactor = row.Whole("reuse_factor"),
                    Strategy = strategy,
                    ClockPeriodNanoseconds = row.Number("target_clock_ns") ?? 5,
                    ToolVersion = "2020.1",
                });
            yield return new SynthesisRecord
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{row.Text("model_name")}_{row.Text("reuse_factor")}_{strategy}"),
                Source = Name,
                SplitGroup = $"{inputs}x{outputs}",
                Subset = strategy == HlsStrategy.Latency ? "latency" : "resource",
                Split = row.OptionalText("split"),
                Design = design,
                Succeeded = row.Whole("synth_success") == 1,
                BlockRam18 = row.Number("bram_18k"),
                Dsp = row.Number("dsp"),
                FlipFlop = row.Number("ff"),
                Lut = row.Number("lut"),
                Cycles = row.Number("latency_min_cycles"),
                InitiationInterval = row.Number("ii_min_cycles"),
            };
        }
    }
}

/// <summary>Dense networks of two or three layers, Vitis 2023.2, counted after logic synthesis; BRAM printed in 36 Kb blocks with halves.</summary>
internal sealed class TwoThreeDenseImporter : ITableImporter
{
    public string Name => "wa-2-3layer";

    public bool Accepts(CsvRows file) => file.Has("n_layers", "arch", "n_in", "h1", "h2", "n_out", "bits", "reuse_factor");

    public IEnumerable<SynthesisRecord> Read(CsvRows file)
    {
        foreach (var row in file.Read())
        {
            int[] widths = row.Number("h2") is null
                ? [row.Whole("n_in"), row.Whole("h1"), row.Whole("n_out")]
                : [row.Whole("n_in"), row.Whole("h1"), row.Whole("h2"), row.Whole("n_out")];
            yield return new SynthesisRecord
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{row.Text("arch")}_{row.Text("bits")}b_{row.Text("reuse_factor")}rf"),
                Source = Name,
                SplitGroup = row.Text("arch"),
                Subset = string.Create(CultureInfo.InvariantCulture, $"{widths.Length - 1}layer"),
                Split = row.OptionalText("split"),
                Design = new Design(
                    DenseNetworks.Chain(row.Text("arch"), widths),
                    new HlsConfiguration
                    {
                        WeightPrecision = new FixedPoint(row.Whole("bits"), 1),
                        ReuseFactor = row.Whole("reuse_factor"),
                        Strategy = row.Text("strategy") == "latency" ? HlsStrategy.Latency : HlsStrategy.Resource,
                        ClockPeriodNanoseconds = row.Number("target_clock_ns") ?? 5,
                        ToolVersion = "2023.2",
                        Stage = ReportStage.LogicSynthesis,
                    }),
                BlockRam18 = row.Number("bram_18k") * 2,
                PrintedPerBlockRam18 = 0.5,
                Dsp = row.Number("dsp"),
                FlipFlop = row.Number("ff"),
                Lut = row.Number("lut"),
                Cycles = row.Number("latency_min_cycles"),
            };
        }
    }
}

/// <summary>Single layers out of larger networks (dense, conv1d, LSTM), Vivado HLS 2019.1. Rows of one design are taken together by median.</summary>
internal sealed class SingleLayerImporter : ITableImporter
{
    public string Name => "ntorc";

    /// <summary>The networks' convolutions are three wide: one channel and 16 filters have 48 weights.</summary>
    private const int KernelExtent = 3;

    public bool Accepts(CsvRows file) => file.Has("layer_type", "n_in", "n_out", "seq_len", "effective_reuse_factor");

    public IEnumerable<SynthesisRecord> Read(CsvRows file)
    {
        var median = file.Has("lut_median") ? "_median" : "";
        foreach (var same in file.Read().GroupBy(row => (Type: row.Text("layer_type"), In: row.Whole("n_in"), Out: row.Whole("n_out"), Steps: row.Whole("seq_len"), Reuse: row.Whole("effective_reuse_factor"))))
        {
            var (type, inputs, outputs, steps, reuse) = same.Key;
            var name = string.Create(CultureInfo.InvariantCulture, $"{type}_{inputs}x{outputs}x{steps}");
            yield return new SynthesisRecord
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{name}_{reuse}rf"),
                Source = Name,
                SplitGroup = name,
                Subset = type,
                Split = same.First().OptionalText("split"),
                Averaged = true,
                Design = new Design(
                    new Network(name, [LayerOf(type, inputs, outputs, steps)]),
                    new HlsConfiguration { ReuseFactor = reuse, Strategy = HlsStrategy.Resource, IoType = IoType.Stream, ToolVersion = "2019.1" }),
                BlockRam18 = Median(same, "bram_18k" + median),
                Dsp = Median(same, "dsp" + median),
                FlipFlop = Median(same, "ff" + median),
                Lut = Median(same, "lut" + median),
                Cycles = Median(same, "latency_min_cycles" + median),
            };
        }
    }

    private static Layer LayerOf(string type, int inputs, int outputs, int steps) => type switch
    {
        "dense" => new Layer { Name = "layer", Kind = LayerKind.Dense, InputShape = [inputs], OutputShape = [outputs] },
        "conv1d" => new Layer
        {
            Name = "layer",
            Kind = LayerKind.Conv1D,
            InputShape = [steps, inputs],
            OutputShape = [steps, outputs],
            KernelSize = [KernelExtent],
            Strides = [1],
            Padding = PaddingKind.Same,
        },
        "lstm" => new Layer { Name = "layer", Kind = LayerKind.Lstm, InputShape = [steps, inputs], OutputShape = [outputs] },
        _ => throw new InvalidDataException($"Layer type '{type}' is none of dense, conv1d, lstm."),
    };

    private static double? Median(IEnumerable<CsvRow> rows, string column)
    {
        var values = rows.Select(row => row.Number(column)).OfType<double>().Order().ToArray();
        return values.Length == 0 ? null : (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }
}
