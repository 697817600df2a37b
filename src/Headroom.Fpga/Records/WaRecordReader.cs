using System.Globalization;
using System.Text.Json;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Records;

/// <summary>
/// Reads one record of the wa-hls4ml corpus (arXiv 2511.05615), complete as published or in the reduced form of its test fixtures.
/// Reports that are absent or empty give null labels; <see cref="ReportStage.LogicSynthesis"/> is the truth, as in the benchmark.
/// </summary>
internal static class WaRecordReader
{
    public const string Source = "wa-hls4ml";

    public static bool Accepts(JsonElement record) => record.Get("model_config") is not null || (record.Get("sample_id") is not null && record.Get("layers") is not null);

    /// <exception cref="InvalidDataException">A layer is missing what it needs; the message names record and layer.</exception>
    public static SynthesisRecord Read(JsonElement record) => record.Get("model_config") is { } layers ? Complete(record, layers) : Reduced(record);

    private static SynthesisRecord Complete(JsonElement record, JsonElement modelConfig)
    {
        var meta = record.Get("meta_data") ?? default;
        var id = meta.Text("uuid") ?? meta.Text("model_id") ?? throw new InvalidDataException("A wa-hls4ml record has neither meta_data.uuid nor meta_data.model_id.");
        var hls = record.Get("hls_config") ?? default;
        var model = hls.Get("Model") ?? default;
        var byName = hls.Get("LayerName") ?? default;
        var configured = byName.ValueKind == JsonValueKind.Object ? byName.EnumerateObject().Select(entry => (entry.Name, entry.Value)).ToList() : [];
        var precision = FixedPoint.TryParse(model.Get("Precision") is { ValueKind: JsonValueKind.Object } table ? table.Text("default") : model.Text("Precision"));
        FixedPoint? weights = null;
        foreach (var (_, value) in configured)
        {
            weights ??= FixedPoint.TryParse(value.Get("Precision")?.Text("weight"));
        }

        var network = new Network(meta.Text("model_name") ?? id, WaLayers.Read(id, modelConfig.EnumerateArray()));
        var ioText = hls.Text("io_type");
        var latency = record.Get("latency_report") ?? default;
        var configuration = new HlsConfiguration
        {
            Precision = precision ?? FixedPoint.Default,
            WeightPrecision = weights,
            ReuseFactor = model.Whole("ReuseFactor") ?? 1,
            Strategy = StrategyOf(model.Text("Strategy")),
            IoType = IoOf(ioText, network),
            Part = record.Text("target_part") ?? "xcu250-figd2104-2L-e",
            ClockPeriodNanoseconds = hls.Number("clock_period") ?? latency.Number("target_clock") ?? 5,
            ToolVersion = record.Text("vivado_version") ?? record.Text("backend_version"),
            Stage = ReportStage.LogicSynthesis,
        };
        return Labelled(record, id, record.Text("group"), new Design(network, configuration), modelConfig);
    }

    private static SynthesisRecord Reduced(JsonElement record)
    {
        var id = record.Text("sample_id")!;
        var network = new Network(id, WaLayers.Read(id, record.Items("layers")));
        var precision = record.Get("precision") ?? default;
        var configuration = new HlsConfiguration
        {
            Precision = FixedPoint.TryParse(precision.Text("default")) ?? FixedPoint.Default,
            WeightPrecision = FixedPoint.TryParse(precision.Text("weight")) ?? (record.Whole("weight_bits") is { } bits ? new FixedPoint(bits, 1) : null),
            ReuseFactor = record.Whole("target_reuse_factor") ?? 1,
            Strategy = StrategyOf(record.Text("strategy")),
            IoType = IoOf(record.Text("io_type"), network),
            Part = record.Text("target_part") ?? "xcu250-figd2104-2L-e",
            ClockPeriodNanoseconds = record.Number("target_clock_ns") ?? 5,
            ToolVersion = record.Text("tool_version"),
            Stage = ReportStage.LogicSynthesis,
        };
        return Labelled(record, id, record.Text("subset"), new Design(network, configuration), record.Get("layers") ?? default);
    }

    /// <param name="layers">The list of layers as the record has it, one element per layer of the design.</param>
    private static SynthesisRecord Labelled(JsonElement record, string id, string? group, Design design, JsonElement layers)
    {
        var resources = record.Get("resource_report") ?? default;
        var latency = record.Get("latency_report") ?? default;
        return new SynthesisRecord
        {
            Id = id,
            Source = Source,
            SplitGroup = id,
            Subset = group?.Split('/')[0] ?? (design.Network.HasConvolution ? "conv" : "dense"),
            Split = record.Text("split"),
            Design = design,
            Succeeded = resources.Number("lut") is null ? null : true,
            BlockRam18 = resources.Number("bram") * 2,
            PrintedPerBlockRam18 = 0.5,
            Dsp = resources.Number("dsp"),
            FlipFlop = resources.Number("ff"),
            Lut = resources.Number("lut"),
            Cycles = latency.Number("cycles_max"),
            InitiationInterval = latency.Number("interval_max"),
            ActualReuseFactors = [.. layers.EnumerateArray().Zip(design.Network.Layers).Where(pair => pair.Second.Products.Count > 0).Select(pair => pair.First.Whole("reuse_factor"))],
        };
    }

    private static HlsStrategy StrategyOf(string? text) =>
        string.Equals(text, "latency", StringComparison.OrdinalIgnoreCase) ? HlsStrategy.Latency : HlsStrategy.Resource;

    // The corpus states the io type in one subset only; elsewhere convolutions stream and the rest is parallel.
    private static IoType IoOf(string? text, Network network) => text switch
    {
        "io_stream" => IoType.Stream,
        "io_parallel" => IoType.Parallel,
        _ => network.HasConvolution ? IoType.Stream : IoType.Parallel,
    };
}

/// <summary>The layer list of a wa-hls4ml record.</summary>
internal static class WaLayers
{
    /// <summary>More layers than this in one record are refused.</summary>
    public const int MaximumLayers = 4096;

    public static IReadOnlyList<Layer> Read(string record, IEnumerable<JsonElement> list)
    {
        var layers = new List<Layer>();
        foreach (var element in list)
        {
            if (layers.Count == MaximumLayers)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Record {record} has more than {MaximumLayers} layers."));
            }

            layers.Add(One(record, layers.Count, element));
        }

        return layers;
    }

    private static Layer One(string record, int index, JsonElement element)
    {
        var className = element.Text("class_name") ?? element.Text("type") ?? "";
        var kind = LayerNames.Kind(className)
            ?? throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Record {record}, layer {index + 1}: layer type '{className}' is not supported."));
        var input = element.Extents("input_shape");
        var output = element.Extents("output_shape");
        if (kind != LayerKind.Input && input.Count + output.Count == 0)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Record {record}, layer {index + 1}: expected input_shape or output_shape, got neither."));
        }

        return new Layer
        {
            Name = element.Text("name") ?? string.Create(CultureInfo.InvariantCulture, $"layer_{index + 1}"),
            Kind = kind,
            InputShape = input.Count > 0 ? input : output,
            OutputShape = output.Count > 0 ? output : input,
            Inputs = [.. element.Items("inbound_layers").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)],
            KernelSize = element.Extents("kernel_size"),
            Strides = element.Extents("strides"),
            Padding = element.Text("padding") == "same" ? PaddingKind.Same : PaddingKind.Valid,
            UseBias = element.Flag("use_bias") ?? true,
            Activation = LayerNames.Activation(element.Text("activation")),
            ResultPrecision = LayerNames.Quantiser(element.Text("activation")),
        };
    }
}
