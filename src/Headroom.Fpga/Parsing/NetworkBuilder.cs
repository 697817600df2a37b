using System.Globalization;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Parsing;

/// <summary>Puts a network together layer by layer: works out shapes, holds the limits, names what does not fit.</summary>
internal sealed class NetworkBuilder(string name, NetworkLimits limits)
{
    private readonly List<Layer> _layers = [];
    private readonly Dictionary<string, IReadOnlyList<int>> _shapes = new(StringComparer.Ordinal);
    private double _operations;

    public string? Last => _layers.Count == 0 ? null : _layers[^1].Name;

    public bool Has(string layer) => _shapes.ContainsKey(layer);

    public IReadOnlyList<int> ShapeOf(string layer, string place) => _shapes.TryGetValue(layer, out var shape)
        ? shape
        : throw new NetworkFormatException($"{place}: reads '{layer}', which is no layer before it.");

    public string Input(string layer, IReadOnlyList<int> shape)
    {
        var place = Place(layer);
        Check(shape, "input shape", place);
        if (shape.Count == 0)
        {
            throw new NetworkFormatException($"{place}: expected a shape of at least one axis without the batch, got none.");
        }

        return Keep(new Layer { Name = layer, Kind = LayerKind.Input, InputShape = shape, OutputShape = shape }, place);
    }

    /// <summary>Adds a layer, and behind it its activation as a layer of its own, as hls4ml does. Returns the name to read the result by.</summary>
    public string Add(LayerSpec spec)
    {
        var place = Place(spec.Name);
        IReadOnlyList<string> sources = spec.Inputs.Count > 0 ? spec.Inputs : [Last ?? throw new NetworkFormatException($"{place}: there is no input before it; state the shape of the input.")];
        var inputs = sources.Select(source => ShapeOf(source, place)).ToArray();
        Check(spec.KernelSize, "kernel", place);
        Check(spec.Strides, "strides", place);
        Check(spec.Dilation, "dilation", place);
        Check([spec.DepthMultiplier], "depth multiplier", place);
        var output = spec.OutputShape ?? LayerShapes.Output(spec, inputs, place);
        Check(output, "output shape", place);

        var inside = spec.Kind is LayerKind.Activation or LayerKind.Lstm or LayerKind.Gru || spec.Activation == ActivationKind.Linear;
        var layer = new Layer
        {
            Name = spec.Name,
            Kind = spec.Kind,
            InputShape = inputs[0],
            OutputShape = output,
            Inputs = sources,
            KernelSize = spec.KernelSize,
            Strides = spec.Strides,
            Padding = spec.Padding,
            DepthMultiplier = spec.DepthMultiplier,
            UseBias = spec.UseBias,
            Activation = inside ? spec.Activation : ActivationKind.Linear,
            WeightPrecision = spec.WeightPrecision,
            ResultPrecision = inside ? spec.ResultPrecision : null,
        };
        Keep(layer, place);
        return inside ? spec.Name : Add(new LayerSpec
        {
            Name = $"{spec.Name}_{spec.Activation.ToString().ToLowerInvariant()}",
            Kind = LayerKind.Activation,
            Inputs = [spec.Name],
            Activation = spec.Activation,
            ResultPrecision = spec.ResultPrecision,
        });
    }

    /// <summary>Takes a layer whose shapes the file states, as it is.</summary>
    public void Adopt(Layer layer)
    {
        var place = Place(layer.Name);
        Check(layer.InputShape, "input shape", place);
        Check(layer.OutputShape, "output shape", place);
        Check(layer.KernelSize, "kernel", place);
        Check(layer.Strides, "strides", place);
        Check([layer.DepthMultiplier], "depth multiplier", place);
        Check(layer.WeightPrecision, "weights", place);
        Check(layer.ResultPrecision, "results", place);
        Keep(layer, place);
    }

    /// <summary>Changes a layer that was added, for files that state a bias or a quantiser behind it.</summary>
    public void Amend(string layer, Func<Layer, Layer> change)
    {
        var index = _layers.FindIndex(candidate => candidate.Name == layer);
        if (index >= 0)
        {
            _layers[index] = change(_layers[index]);
        }
    }

    public Network Build() => _layers.Any(layer => layer.Kind != LayerKind.Input)
        ? new Network(name, [.. _layers])
        : throw new NetworkFormatException($"The network '{name}' has no layers besides its input.");

    private string Place(string layer) => string.Create(CultureInfo.InvariantCulture, $"layer {_layers.Count + 1} '{layer}'");

    private string Keep(Layer layer, string place)
    {
        if (_layers.Count == limits.Layers)
        {
            throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"{place}: more than {limits.Layers} layers (limit Layers)."));
        }

        if (layer.Kind != LayerKind.Input && (layer.InputShape.Count == 0 || layer.OutputShape.Count == 0))
        {
            throw new NetworkFormatException($"{place}: expected shapes of at least one axis without the batch, got {LayerShapes.Text(layer.InputShape)} in and {LayerShapes.Text(layer.OutputShape)} out.");
        }

        if (!_shapes.TryAdd(layer.Name, layer.OutputShape))
        {
            throw new NetworkFormatException($"{place}: a layer before it has the same name.");
        }

        foreach (var product in layer.Products)
        {
            _operations += (double)product.Weights * product.Positions;
            if (product.Weights > limits.LayerWeights || _operations > limits.Operations)
            {
                throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture,
                    $"{place}: {product.Inputs} x {product.Outputs} weights at {product.Positions} positions pass the limits of {limits.LayerWeights} weights per layer or {limits.Operations:0} multiplications per network."));
            }
        }

        _layers.Add(layer);
        return layer.Name;
    }

    private static void Check(FixedPoint? precision, string what, string place)
    {
        if (precision is { Bits: < 1 or > FixedPoint.MaximumBits })
        {
            throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"{place}: expected {what} of 1 to {FixedPoint.MaximumBits} bits, got {precision.Bits}."));
        }
    }

    private void Check(IReadOnlyList<int> extents, string what, string place)
    {
        if (extents.Count > 8 || extents.Any(extent => extent < 1 || extent > limits.Extent))
        {
            throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{place}: expected a {what} of at most 8 axes with extents from 1 to {limits.Extent}, got {LayerShapes.Text([.. extents.Take(9)])}."));
        }

        long size = 1;
        foreach (var extent in extents)
        {
            size *= extent;
            if (size > limits.LayerWeights)
            {
                throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"{place}: a {what} of {LayerShapes.Text(extents)} holds more than {limits.LayerWeights} values (limit LayerWeights)."));
            }
        }
    }
}
