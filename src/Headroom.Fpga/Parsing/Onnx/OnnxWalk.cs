using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>Turns an ONNX graph into layers: the wiring between them (transpose, squeeze, cast, quantisers) becomes shapes and precisions.</summary>
internal sealed partial class OnnxWalk
{
    private static readonly HashSet<string> Wiring = ["Identity", "Cast", "Dropout", "QuantizeLinear", "DequantizeLinear", "Trunc"];
    private static readonly HashSet<string> Quantisers = ["Quant", "IntQuant", "BipolarQuant"];

    private readonly OnnxGraphMessage _graph;
    private readonly NetworkBuilder _builder;
    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public OnnxWalk(OnnxGraphMessage graph, string name, NetworkLimits limits) =>
        (_graph, _builder) = (graph, new NetworkBuilder(graph.Name.Length > 0 ? graph.Name : name, limits));

    public Network Run()
    {
        foreach (var (name, tensor) in _graph.Initializers)
        {
            _values[name] = new OnnxValue(tensor.Shape, null) { Constant = tensor };
        }

        foreach (var (name, shape) in _graph.Inputs.Where(input => !_graph.Initializers.ContainsKey(input.Name)))
        {
            AddInput(name, shape);
        }

        for (var index = 0; index < _graph.Nodes.Count; index++)
        {
            var node = _graph.Nodes[index];
            var place = $"node {index + 1} '{(node.Name.Length > 0 ? node.Name : node.Operator)}' ({node.Operator})";
            if (node.Outputs.Count > 0)
            {
                Visit(node, place);
            }
        }

        return _builder.Build();
    }

    private void AddInput(string name, IReadOnlyList<int?>? shape)
    {
        if (shape is not { Count: >= 2 })
        {
            throw new NetworkFormatException($"input '{name}': expected a shape with a batch and at least one more axis, got {(shape is null ? "none" : $"{shape.Count} axes")}.");
        }

        if (shape.Skip(1).Any(extent => extent is null))
        {
            throw new NetworkFormatException($"input '{name}': an extent besides the batch is open; hls4ml needs every one.");
        }

        // Images are channels first by the standard's convolution; a transpose right behind the input says the file is channels last.
        var first = _graph.Nodes.FirstOrDefault(node => node.Inputs.Contains(name));
        var channelsFirst = shape.Count > 2 && first?.Operator != "Transpose" && _graph.Nodes.Any(node => node.Operator is "Conv" or "MaxPool" or "AveragePool");
        var value = new OnnxValue([1, .. shape.Skip(1).Select(extent => extent!.Value)], null, channelsFirst);
        _values[name] = value with { Layer = _builder.Input(Unique(name, "input"), value.Plain) };
    }

    private void Visit(OnnxNode node, string place)
    {
        if (node.Operator == "Constant")
        {
            var tensor = node.Tensor("value");
            _values[node.Outputs[0]] = new OnnxValue(tensor?.Shape ?? [], null) { Constant = tensor };
        }
        else if (Quantisers.Contains(node.Operator))
        {
            Quantise(node, place);
        }
        else if (Wiring.Contains(node.Operator))
        {
            _values[node.Outputs[0]] = Value(node, 0, place);
        }
        else if (IsConstant(node))
        {
            Fold(node, place);
        }
        else
        {
            AddLayer(node, place);
        }
    }

    /// <summary>A weight that is transposed or reshaped on its way stays a constant.</summary>
    private void Fold(OnnxNode node, string place)
    {
        var source = Value(node, 0, place);
        IReadOnlyList<int> shape = node.Operator == "Transpose"
            ? Permuted(source.Shape, node.Wholes("perm"), place)
            : source.Shape;
        _values[node.Outputs[0]] = source with { Shape = shape };
    }

    private bool IsConstant(OnnxNode node) => node.Inputs.Count > 0 && node.Inputs.All(input => input.Length == 0 || (_values.TryGetValue(input, out var value) && value.Layer is null));

    private OnnxValue Value(OnnxNode node, int index, string place)
    {
        var name = index < node.Inputs.Count ? node.Inputs[index] : "";
        return _values.TryGetValue(name, out var value)
            ? value
            : throw new NetworkFormatException($"{place}: expected input {index + 1}, '{name}', from a node before it.");
    }

    private OnnxValue? Optional(OnnxNode node, int index) => index < node.Inputs.Count ? _values.GetValueOrDefault(node.Inputs[index]) : null;

    /// <summary>The (first) number of a constant input.</summary>
    private double? Number(OnnxNode node, int index) => Optional(node, index)?.Constant?.Values() is [var first, ..] ? first : null;

    /// <summary>QONNX Quant(x, scale, zero point, bits): the bits right of the point come from the scale, a power of two in hls4ml.</summary>
    private void Quantise(OnnxNode node, string place)
    {
        var source = Value(node, 0, place);
        var bits = node.Operator == "BipolarQuant" ? 1 : (int)Math.Clamp(Number(node, 3) ?? 0, 0, FixedPoint.MaximumBits);
        if (bits < 1)
        {
            throw new NetworkFormatException($"{place}: expected a constant bit width of at least 1 as fourth input.");
        }

        var scale = Number(node, 1) ?? 1;
        var fraction = scale > 0 && double.IsFinite(scale) ? (int)Math.Clamp(Math.Round(-Math.Log2(scale)), -FixedPoint.MaximumBits, FixedPoint.MaximumBits) : 0;
        var precision = new FixedPoint(bits, bits - fraction, node.Whole("signed", 1) != 0);
        if (source.Layer is { } layer)
        {
            _builder.Amend(layer, known => known with { ResultPrecision = precision });
        }

        _values[node.Outputs[0]] = source with { Precision = precision };
    }

    private string Unique(string wanted, string otherwise)
    {
        var plain = wanted.Trim('/').Replace('/', '_');
        plain = plain.Length is 0 or > 200 ? otherwise : plain;
        var name = plain;
        for (var number = 2; !_names.Add(name); number++)
        {
            name = $"{plain}_{number}";
        }

        return name;
    }

    private static IReadOnlyList<int> Permuted(IReadOnlyList<int> shape, IReadOnlyList<int> order, string place)
    {
        if (order.Count == 0)
        {
            return [.. shape.Reverse()];
        }

        return order.Count == shape.Count && order.Order().SequenceEqual(Enumerable.Range(0, shape.Count))
            ? [.. order.Select(axis => shape[axis])]
            : throw new NetworkFormatException($"{place}: the order {LayerShapes.Text(order)} does not fit {LayerShapes.Text(shape)}.");
    }
}
