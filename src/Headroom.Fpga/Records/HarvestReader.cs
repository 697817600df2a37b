using System.Globalization;
using System.Text.Json;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Records;

/// <summary>Reads a network harvested from a public project: the layer structs of parameters.h beside the figures of its C synthesis report.</summary>
internal static class HarvestReader
{
    public const string Source = "reports-harvest";

    public static bool Accepts(JsonElement record) => record.Get("available") is not null && record.Get("layers") is not null && record.Get("tool_version") is not null;

    public static SynthesisRecord Read(JsonElement record)
    {
        var id = record.Text("id") ?? "";
        var structs = record.Items("layers").ToList();
        var layers = new List<Layer>();
        var overrides = new Dictionary<string, LayerOverride>();
        foreach (var element in structs)
        {
            if (HlsStructs.ToLayer(element, layers.Count) is not { } layer)
            {
                continue;
            }

            layers.Add(layer);
            overrides[layer.Name] = new LayerOverride(FixedPoint.TryParse(element.Text("weight_t")), null, element.Whole("reuse_factor"));
        }

        var first = structs.FirstOrDefault(element => element.Get("weight_t") is not null);
        var available = record.Get("available")!.Value;
        return new SynthesisRecord
        {
            Id = id,
            Source = Source,
            SplitGroup = record.Text("group") ?? id,
            Subset = "harvest",
            Split = record.Text("split"),
            Succeeded = true,
            Design = new Design(new Network(id, layers), new HlsConfiguration
            {
                Precision = FixedPoint.TryParse(first.Text("accum_t")) ?? FixedPoint.Default,
                WeightPrecision = FixedPoint.TryParse(first.Text("weight_t")),
                ReuseFactor = first.Whole("reuse_factor") ?? 1,
                Strategy = first.Text("strategy") == "resource" ? HlsStrategy.Resource : HlsStrategy.Latency,
                IoType = structs.Any(element => element.Text("io_type") == "io_stream") ? IoType.Stream : IoType.Parallel,
                Part = record.Text("part") ?? "unknown",
                ClockPeriodNanoseconds = record.Number("target_clock_ns") ?? 5,
                ToolVersion = record.Text("tool_version"),
                Layers = overrides,
            }),
            Available = new Capacity(available.Number("lut") ?? 0, available.Number("ff") ?? 0, available.Number("dsp") ?? 0, available.Number("bram_18k") ?? 0, available.Number("uram") ?? 0),
            BlockRam18 = record.Number("bram_18k"),
            Dsp = record.Number("dsp"),
            FlipFlop = record.Number("ff"),
            Lut = record.Number("lut"),
            Cycles = record.Number("latency_worst_cycles"),
            InitiationInterval = record.Number("ii_max_cycles"),
        };
    }
}

/// <summary>hls4ml's config structs as layers. A struct whose size is an unresolved formula, or that does no work of its own, is left out.</summary>
internal static class HlsStructs
{
    public static Layer? ToLayer(JsonElement element, int index)
    {
        var name = element.Text("name") ?? string.Create(CultureInfo.InvariantCulture, $"config{index}");
        int N(string key) => element.Whole(key) ?? 0;
        return element.Text("type") switch
        {
            "dense" when N("n_in") > 0 && N("n_out") > 0 => new Layer { Name = name, Kind = LayerKind.Dense, InputShape = [N("n_in")], OutputShape = [N("n_out")] },
            "gru" when N("n_in") > 0 => new Layer { Name = name, Kind = LayerKind.Gru, InputShape = [Math.Max(1, N("n_sequence")), N("n_in")], OutputShape = [N("n_out")] },
            "lstm" when N("n_in") > 0 => new Layer { Name = name, Kind = LayerKind.Lstm, InputShape = [Math.Max(1, N("n_sequence")), N("n_in")], OutputShape = [N("n_out")] },
            "conv1d" when N("n_chan") > 0 => new Layer
            {
                Name = name,
                Kind = LayerKind.Conv1D,
                InputShape = [N("in_width"), N("n_chan")],
                OutputShape = [N("out_width"), N("n_filt")],
                KernelSize = [N("filt_width")],
                Strides = [Math.Max(1, N("stride_width"))],
            },
            "conv2d" when N("n_chan") > 0 => new Layer
            {
                Name = name,
                Kind = LayerKind.Conv2D,
                InputShape = [N("in_height"), N("in_width"), N("n_chan")],
                OutputShape = [N("out_height"), N("out_width"), N("n_filt")],
                KernelSize = [N("filt_height"), N("filt_width")],
                Strides = [Math.Max(1, N("stride_height")), Math.Max(1, N("stride_width"))],
            },
            "pooling2d" when N("n_filt") > 0 => new Layer
            {
                Name = name,
                Kind = element.Text("pool_op") == "Average" ? LayerKind.AveragePooling : LayerKind.MaxPooling,
                InputShape = [N("in_height"), N("in_width"), N("n_filt")],
                OutputShape = [N("out_height"), N("out_width"), N("n_filt")],
                KernelSize = [N("pool_height"), N("pool_width")],
            },
            "activ" when N("n_in") > 0 => new Layer { Name = name, Kind = LayerKind.Activation, InputShape = [N("n_in")], OutputShape = [N("n_in")], Activation = LayerNames.Activation(name.Split("_config")[0]) },
            "batchnorm" when N("n_in") > 0 => new Layer { Name = name, Kind = LayerKind.BatchNormalization, InputShape = [N("n_in")], OutputShape = [N("n_in")] },
            _ => null,
        };
    }
}
