using System.Text.Json;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Torch;

/// <summary>Turns the graph of an exported program into layers. Shapes are channels first there, as the graph states them.</summary>
internal sealed class TorchWalk
{
    private static readonly Dictionary<string, ActivationKind> Activations = new(StringComparer.Ordinal)
    {
        ["relu"] = ActivationKind.Relu, ["relu_"] = ActivationKind.Relu, ["relu6"] = ActivationKind.Relu, ["leaky_relu"] = ActivationKind.LeakyRelu,
        ["prelu"] = ActivationKind.LeakyRelu, ["elu"] = ActivationKind.Elu, ["selu"] = ActivationKind.Selu, ["tanh"] = ActivationKind.Tanh,
        ["sigmoid"] = ActivationKind.Sigmoid, ["hardsigmoid"] = ActivationKind.HardSigmoid, ["hardtanh"] = ActivationKind.HardTanh,
        ["softplus"] = ActivationKind.Softplus, ["softmax"] = ActivationKind.Softmax, ["_softmax"] = ActivationKind.Softmax,
    };

    private static readonly HashSet<string> Wiring = ["dropout", "dropout_", "clone", "contiguous", "detach", "to", "_to_copy", "alias", "squeeze", "unsqueeze", "transpose", "permute", "t"];

    private readonly JsonElement _module;
    private readonly JsonElement _graph;
    private readonly NetworkBuilder _builder;
    private readonly Dictionary<string, string> _layers = new(StringComparer.Ordinal);

    public TorchWalk(JsonElement module, string name, NetworkLimits limits) =>
        (_module, _graph, _builder) = (module, module.Get("graph") ?? default, new NetworkBuilder(name, limits));

    public Network Run()
    {
        var inputs = UserInputs();
        if (inputs.Count == 0)
        {
            throw new NetworkFormatException("The exported program has no user input.");
        }

        foreach (var input in inputs)
        {
            _layers[input] = _builder.Input(input, Plain(ShapeOf(input, $"input '{input}'")));
        }

        var number = 0;
        foreach (var element in _graph.Items("nodes"))
        {
            Visit(new TorchNode(element, ++number));
        }

        return _builder.Build();
    }

    /// <summary>Inputs of the graph that are data, not parameters: signature.input_specs[].user_input.arg.as_tensor.name.</summary>
    private List<string> UserInputs() =>
        [.. (_module.Get("signature") ?? default).Items("input_specs")
            .Select(spec => spec.Get("user_input")?.Get("arg")?.Get("as_tensor")?.Text("name")).OfType<string>()];

    private void Visit(TorchNode node)
    {
        if (node.Operator is "getitem" or "_operator.getitem" || (Wiring.Contains(node.Operator) && Source(node) is not null))
        {
            if (Source(node) is { } source)
            {
                _layers[node.Output] = source;
            }

            return;
        }

        // Arithmetic on parameters alone is no layer.
        if (Source(node) is null && node.Tensors(0).Count == 0 && node.Tensor(1) is not { } other)
        {
            return;
        }

        var name = _builder.Add(Spec(node));
        foreach (var output in node.Outputs)
        {
            _layers[output] = name;
        }
    }

    private string? Source(TorchNode node) => node.Tensor(0) is { } tensor ? _layers.GetValueOrDefault(tensor) : null;

    private LayerSpec Spec(TorchNode node)
    {
        var source = Source(node) ?? node.Tensors(0).Concat([node.Tensor(1) ?? ""]).Select(tensor => _layers.GetValueOrDefault(tensor)).FirstOrDefault(layer => layer is not null);
        var plain = new LayerSpec { Name = node.Output, Kind = LayerKind.Activation, Inputs = [source ?? throw new NetworkFormatException($"{node.Place}: reads no tensor of a node before it.")] };
        if (Activations.TryGetValue(node.Operator, out var activation))
        {
            return plain with { Activation = activation };
        }

        var output = Plain(ShapeOf(node.Output, node.Place));
        return node.Operator switch
        {
            "linear" => Weighted(node, plain, LayerKind.Dense, 1, bias: 2),
            "addmm" => plain with { Kind = LayerKind.Dense, Inputs = [_layers.GetValueOrDefault(node.Tensor(1) ?? "") ?? source], Units = output[^1] },
            "mm" or "matmul" => plain with { Kind = LayerKind.Dense, Units = output[^1], UseBias = false },
            "conv1d" or "conv2d" or "convolution" => Convolution(node, plain, output),
            "max_pool1d" or "max_pool2d" => Pooling(node, plain, LayerKind.MaxPooling, output),
            "avg_pool1d" or "avg_pool2d" => Pooling(node, plain, LayerKind.AveragePooling, output),
            "adaptive_avg_pool1d" or "adaptive_avg_pool2d" or "mean" when output.Take(output.Count - 1).All(extent => extent == 1) =>
                plain with { Kind = LayerKind.GlobalAveragePooling, OutputShape = output },
            "batch_norm" or "_native_batch_norm_legit_no_training" => plain with { Kind = LayerKind.BatchNormalization },
            "flatten" => plain with { Kind = LayerKind.Flatten, OutputShape = output },
            "view" or "reshape" or "_unsafe_view" => plain with { Kind = output.Count == 1 ? LayerKind.Flatten : LayerKind.Reshape, OutputShape = output },
            "add" or "add_" or "sub" or "mul" => Elementwise(node, plain),
            "cat" => plain with { Kind = LayerKind.Concatenate, Inputs = [.. node.Tensors(0).Select(tensor => Known(tensor, node))], OutputShape = output },
            "lstm" => Recurrent(node, plain, LayerKind.Lstm),
            "gru" => Recurrent(node, plain, LayerKind.Gru),
            _ => throw NetworkFormatException.Unsupported(node.Place, $"the operator {node.Operator}"),
        };
    }

    private string Known(string tensor, TorchNode node) => _layers.GetValueOrDefault(tensor) ?? throw new NetworkFormatException($"{node.Place}: reads '{tensor}', which is no layer before it.");

    private LayerSpec Weighted(TorchNode node, LayerSpec plain, LayerKind kind, int weight, int bias)
    {
        var shape = ShapeOf(node.Tensor(weight) ?? "", node.Place);
        return plain with { Kind = kind, Units = shape[0], UseBias = node.Tensor(bias) is not null };
    }

    private LayerSpec Convolution(TorchNode node, LayerSpec plain, IReadOnlyList<int> output)
    {
        var weights = ShapeOf(node.Tensor(1) ?? "", node.Place);
        var channels = _builder.ShapeOf(plain.Inputs[0], node.Place)[^1];
        var groups = node.Wholes("groups") is [var given, ..] ? given : 1;
        var oneAxis = weights.Count == 3;
        if (weights.Count is not (3 or 4) || (groups != 1 && (groups != channels || weights[1] != 1)))
        {
            throw NetworkFormatException.Unsupported(node.Place, $"a convolution with weights {LayerShapes.Text(weights)} in {groups} groups");
        }

        return Weighted(node, plain, groups == 1 ? (oneAxis ? LayerKind.Conv1D : LayerKind.Conv2D) : oneAxis ? LayerKind.DepthwiseConv1D : LayerKind.DepthwiseConv2D, 1, 2) with
        {
            KernelSize = [.. weights.Skip(2)],
            Strides = node.Wholes("stride"),
            Padding = node.Wholes("padding").Any(pad => pad > 0) ? PaddingKind.Same : PaddingKind.Valid,
            DepthMultiplier = groups > 1 ? Math.Max(1, weights[0] / channels) : 1,
            OutputShape = output,
        };
    }

    private static LayerSpec Pooling(TorchNode node, LayerSpec plain, LayerKind kind, IReadOnlyList<int> output)
    {
        var kernel = node.Wholes("kernel_size");
        return plain with { Kind = kind, KernelSize = kernel, Strides = node.Wholes("stride") is { Count: > 0 } strides ? strides : kernel, OutputShape = output };
    }

    private LayerSpec Elementwise(TorchNode node, LayerSpec plain)
    {
        string[] live = [.. new[] { node.Tensor(0), node.Tensor(1) }.Select(tensor => _layers.GetValueOrDefault(tensor ?? "")).OfType<string>()];
        return live.Length > 1 ? plain with { Kind = LayerKind.Add, Inputs = live } : plain with { Kind = LayerKind.BatchNormalization };
    }

    /// <summary>lstm.input(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first).</summary>
    private LayerSpec Recurrent(TorchNode node, LayerSpec plain, LayerKind kind)
    {
        if (node.Flag("bidirectional") == true || node.Wholes("num_layers") is [> 1, ..])
        {
            throw NetworkFormatException.Unsupported(node.Place, "a recurrent layer that is bidirectional or stacked");
        }

        return plain with { Kind = kind, Units = ShapeOf(node.Output, node.Place)[^1], ReturnSequences = true, UseBias = node.Flag("has_biases") ?? true };
    }

    /// <summary>The shape the graph states for a tensor, batch included: tensor_values.NAME.sizes[].as_int.</summary>
    private List<int> ShapeOf(string tensor, string place)
    {
        if (_graph.Get("tensor_values")?.Get(tensor) is not { } value)
        {
            throw new NetworkFormatException($"{place}: the program states no shape for the tensor '{tensor}'.");
        }

        // A symbolic extent is the batch; it counts as one.
        return [.. value.Items("sizes").Select(size => size.Get("as_int") is { } whole ? whole.GetInt32() : 1)];
    }

    /// <summary>Batch left out, channels last.</summary>
    private static List<int> Plain(List<int> shape) => shape.Count > 3 ? [.. shape.Skip(2), shape[1]] : [.. shape.Skip(1)];
}
