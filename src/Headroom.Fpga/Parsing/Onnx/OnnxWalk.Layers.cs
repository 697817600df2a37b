using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>One case per operator.</summary>
internal sealed partial class OnnxWalk
{
    private static readonly Dictionary<string, ActivationKind> Activations = new(StringComparer.Ordinal)
    {
        ["Relu"] = ActivationKind.Relu, ["Clip"] = ActivationKind.Relu, ["LeakyRelu"] = ActivationKind.LeakyRelu, ["PRelu"] = ActivationKind.LeakyRelu,
        ["ThresholdedRelu"] = ActivationKind.LeakyRelu, ["Elu"] = ActivationKind.Elu, ["Selu"] = ActivationKind.Selu, ["Tanh"] = ActivationKind.Tanh,
        ["Sigmoid"] = ActivationKind.Sigmoid, ["HardSigmoid"] = ActivationKind.HardSigmoid, ["Softplus"] = ActivationKind.Softplus,
        ["Softsign"] = ActivationKind.Softsign, ["Softmax"] = ActivationKind.Softmax,
    };

    private void AddLayer(OnnxNode node, string place)
    {
        var source = Value(node, 0, place);
        if (Activations.TryGetValue(node.Operator, out var activation))
        {
            Keep(node, source, Spec(node, LayerKind.Activation, source) with { Activation = activation });
            return;
        }

        switch (node.Operator)
        {
            case "Gemm" or "MatMul":
                AddDense(node, source, place);
                break;
            case "Conv":
                AddConvolution(node, source, place);
                break;
            case "MaxPool" or "AveragePool":
                Keep(node, source, Windowed(node, node.Operator == "MaxPool" ? LayerKind.MaxPooling : LayerKind.AveragePooling, source, node.Wholes("kernel_shape"), place));
                break;
            case "GlobalAveragePool" or "GlobalMaxPool":
                Keep(node, source, Spec(node, node.Operator == "GlobalMaxPool" ? LayerKind.GlobalMaxPooling : LayerKind.GlobalAveragePooling, source) with { KeepAxes = true });
                break;
            case "BatchNormalization":
                Keep(node, source, Spec(node, LayerKind.BatchNormalization, source));
                break;
            case "LSTM" or "GRU":
                AddRecurrent(node, source, place);
                break;
            case "Flatten":
                Keep(node, source, Spec(node, LayerKind.Flatten, source), channelsFirst: false);
                break;
            case "Reshape":
                AddReshape(node, source, place);
                break;
            case "Transpose":
                Rewire(node, source, Permuted(source.Shape, node.Wholes("perm"), place));
                break;
            case "Squeeze":
                var dropped = Axes(node, source, 1);
                Rewire(node, source, [.. source.Shape.Where((extent, axis) => dropped.Count > 0 ? !dropped.Contains(axis) : extent != 1 || axis == 0)]);
                break;
            case "Unsqueeze":
                var shape = source.Shape.ToList();
                foreach (var axis in Axes(node, source, 1, 1).Order())
                {
                    shape.Insert(Math.Clamp(axis, 0, shape.Count), 1);
                }

                Rewire(node, source, shape);
                break;
            case "Add" or "Sub" or "Mul" or "Div" or "Max" or "Min":
                AddElementwise(node, place);
                break;
            case "Concat":
                AddConcat(node, source, place);
                break;
            case "Pad" when Optional(node, 1)?.Constant is { } pads:
                AddPad(node, source, [.. pads.Values().Select(value => (int)value)], place);
                break;
            case "Upsample" or "Resize":
                AddUpSampling(node, source, place);
                break;
            default:
                throw NetworkFormatException.Unsupported(place, $"the operator {node.Operator}");
        }
    }

    private LayerSpec Spec(OnnxNode node, LayerKind kind, OnnxValue source) => new()
    {
        Name = Unique(node.Name, node.Operator.ToLowerInvariant()),
        Kind = kind,
        Inputs = [source.Layer!],
    };

    /// <summary>Adds the layer and remembers what it puts out.</summary>
    private void Keep(OnnxNode node, OnnxValue source, LayerSpec spec, bool? channelsFirst = null)
    {
        // Wiring may have changed the shape since the layer before put it out.
        if (spec.Inputs.Count == 1 && !_builder.ShapeOf(spec.Inputs[0], spec.Name).SequenceEqual(source.Plain))
        {
            var wired = Unique($"{spec.Name}_input", "reshape");
            _builder.Add(new LayerSpec { Name = wired, Kind = LayerKind.Reshape, Inputs = spec.Inputs, Target = source.Plain, OutputShape = source.Plain });
            spec = spec with { Inputs = [wired] };
        }

        var name = _builder.Add(spec);
        var plain = _builder.ShapeOf(name, spec.Name);
        var first = channelsFirst ?? (source.ChannelsFirst && plain.Count > 1);
        _values[node.Outputs[0]] = new OnnxValue(OnnxValue.FromPlain(plain, first), name, first);
    }

    private void Rewire(OnnxNode node, OnnxValue source, IReadOnlyList<int> shape)
    {
        // A transpose between channels first and last changes nothing of the plain shape.
        var moved = node.Operator == "Transpose" && source.Shape.Count > 2;
        var order = node.Wholes("perm");
        var toLast = moved && source.ChannelsFirst && order.Count > 2 && order[^1] == 1;
        var toFirst = moved && !source.ChannelsFirst && order.Count > 2 && order[1] == order.Count - 1;
        _values[node.Outputs[0]] = source with { Shape = shape, ChannelsFirst = toFirst || (source.ChannelsFirst && !toLast && shape.Count > 2) };
    }

    private void AddDense(OnnxNode node, OnnxValue source, string place)
    {
        var weights = Value(node, 1, place);
        if (weights.Layer is not null || source.Layer is null || weights.Shape.Count != 2)
        {
            throw NetworkFormatException.Unsupported(place, "a product whose right side is no constant matrix");
        }

        var transposed = node.Operator == "Gemm" && node.Whole("transB", 0) != 0;
        var (inputs, outputs) = transposed ? (weights.Shape[1], weights.Shape[0]) : (weights.Shape[0], weights.Shape[1]);
        var plain = source with { ChannelsFirst = false };
        if (plain.Plain.Count == 0 || plain.Plain[^1] != inputs)
        {
            throw new NetworkFormatException($"{place}: weights for {inputs} inputs do not fit an input of {LayerShapes.Text(plain.Plain)}.");
        }

        Keep(node, plain, Spec(node, LayerKind.Dense, source) with { Units = outputs, UseBias = node.Operator == "Gemm" && node.Inputs.Count > 2, WeightPrecision = weights.Precision }, channelsFirst: false);
    }

    private void AddConvolution(OnnxNode node, OnnxValue source, string place)
    {
        var weights = Value(node, 1, place);
        var axes = weights.Shape.Count - 2;
        if (axes is not (1 or 2) || source.Shape.Count != weights.Shape.Count)
        {
            throw NetworkFormatException.Unsupported(place, $"a convolution with weights {LayerShapes.Text(weights.Shape)} on {LayerShapes.Text(source.Shape)}");
        }

        source = source with { ChannelsFirst = true };
        var (channels, filters, groups) = (source.Shape[1], weights.Shape[0], node.Whole("group", 1));
        var kind = (axes, groups) switch
        {
            (1, 1) => LayerKind.Conv1D,
            (2, 1) => LayerKind.Conv2D,
            (1, _) when groups == channels && weights.Shape[1] == 1 => LayerKind.DepthwiseConv1D,
            (2, _) when groups == channels && weights.Shape[1] == 1 => LayerKind.DepthwiseConv2D,
            _ => throw NetworkFormatException.Unsupported(place, $"a convolution of {channels} channels in {groups} groups"),
        };
        if (groups == 1 && weights.Shape[1] != channels)
        {
            throw new NetworkFormatException($"{place}: weights for {weights.Shape[1]} channels do not fit an input of {channels}.");
        }

        Keep(node, source, Windowed(node, kind, source, [.. weights.Shape.Skip(2)], place) with
        {
            Units = filters,
            DepthMultiplier = groups > 1 ? Math.Max(1, filters / channels) : 1,
            UseBias = node.Inputs.Count > 2,
            WeightPrecision = weights.Precision,
        }, channelsFirst: true);
    }

    private LayerSpec Windowed(OnnxNode node, LayerKind kind, OnnxValue source, IReadOnlyList<int> kernel, string place)
    {
        var pads = node.Wholes("pads");
        if (pads.Count > 0 && pads.Count != 2 * kernel.Count)
        {
            throw new NetworkFormatException($"{place}: expected two pads per axis, got {LayerShapes.Text(pads)}.");
        }

        var same = node.Text("auto_pad") is "SAME_UPPER" or "SAME_LOWER";
        return Spec(node, kind, source) with
        {
            KernelSize = kernel,
            Strides = node.Wholes("strides"),
            Dilation = node.Wholes("dilations"),
            Padding = same || pads.Any(pad => pad > 0) ? PaddingKind.Same : PaddingKind.Valid,
            PadTotals = same ? null : pads.Count == 0 ? [.. kernel.Select(_ => 0)] : [.. kernel.Select((_, axis) => checked(pads[axis] + pads[axis + kernel.Count]))],
        };
    }

    /// <summary>X is [steps, batch, inputs]; Y is [steps, directions, batch, hidden], Y_h the last step.</summary>
    private void AddRecurrent(OnnxNode node, OnnxValue source, string place)
    {
        if (source.Shape.Count != 3 || (node.Text("direction") ?? "forward") != "forward")
        {
            throw NetworkFormatException.Unsupported(place, $"a recurrent layer on {LayerShapes.Text(source.Shape)}, direction {node.Text("direction") ?? "forward"}");
        }

        var weights = Value(node, 1, place);
        var steps = source.Shape[0] == 1 ? source.Shape[1] : source.Shape[0];
        var hidden = node.Whole("hidden_size", 0);
        var sequences = node.Outputs[0].Length > 0 && _graph.Nodes.Any(other => other.Inputs.Contains(node.Outputs[0]));
        var plain = new OnnxValue([1, steps, source.Shape[2]], source.Layer);
        var spec = Spec(node, node.Operator == "LSTM" ? LayerKind.Lstm : LayerKind.Gru, source) with
        {
            Units = hidden, ReturnSequences = sequences, UseBias = node.Inputs.Count > 3 && node.Inputs[3].Length > 0, WeightPrecision = weights.Precision,
        };
        Keep(node, plain, spec, channelsFirst: false);
        var layer = _values[node.Outputs[0]].Layer;
        _values[node.Outputs[0]] = new OnnxValue([steps, 1, 1, hidden], layer);
        for (var index = 1; index < node.Outputs.Count; index++)
        {
            _values[node.Outputs[index]] = new OnnxValue([1, 1, hidden], layer);
        }
    }

    private void AddReshape(OnnxNode node, OnnxValue source, string place)
    {
        if (Value(node, 1, place).Constant is not { } wanted)
        {
            throw NetworkFormatException.Unsupported(place, "a reshape to a shape that is computed");
        }

        var target = wanted.Values().Select((value, axis) => value == 0 && axis < source.Shape.Count ? source.Shape[axis] : (int)value).ToArray();
        if (target.Length < 2)
        {
            throw NetworkFormatException.Unsupported(place, $"a reshape to {LayerShapes.Text(target)}, which drops the batch");
        }

        // The batch is one, so [-1, n] leaves the first extent to it.
        var size = source.Count;
        target[0] = target[0] == -1 && target.Skip(1).All(extent => extent > 0) ? (int)(size / Math.Max(1, target.Skip(1).Aggregate(1L, (product, extent) => checked(product * extent)))) : target[0];
        var flat = target.Length == 2;
        Keep(node, source, Spec(node, flat ? LayerKind.Flatten : LayerKind.Reshape, source) with { Target = [.. target.Skip(1)] }, channelsFirst: false);
    }

    private void AddElementwise(OnnxNode node, string place)
    {
        var inputs = Enumerable.Range(0, node.Inputs.Count).Select(index => Value(node, index, place)).ToArray();
        var live = inputs.Where(input => input.Layer is not null).ToArray();
        if (live.Length > 1)
        {
            var source = live.MaxBy(input => input.Count)!;
            Keep(node, source, Spec(node, LayerKind.Add, source) with { Inputs = [.. live.Select(input => input.Layer!)], OutputShape = source.Plain });
            return;
        }

        // A constant added to a product is its bias; anything else scales.
        var only = live[0];
        if (node.Operator == "Add" && IsProduct(only.Layer!))
        {
            _builder.Amend(only.Layer!, layer => layer with { UseBias = true });
            _values[node.Outputs[0]] = only;
            return;
        }

        Keep(node, only, Spec(node, LayerKind.BatchNormalization, only));
    }

    private bool IsProduct(string layer)
    {
        var found = false;
        _builder.Amend(layer, known =>
        {
            found = known.Products.Count > 0 && !known.UseBias;
            return known;
        });
        return found;
    }

    private void AddConcat(OnnxNode node, OnnxValue source, string place)
    {
        var inputs = Enumerable.Range(0, node.Inputs.Count).Select(index => Value(node, index, place)).ToArray();
        if (inputs.Any(input => input.Layer is null))
        {
            throw NetworkFormatException.Unsupported(place, "joining with a constant");
        }

        var axis = node.Whole("axis", 1) is var given && given < 0 ? given + source.Shape.Count : given;
        var plainAxis = source.ChannelsFirst ? (axis == 1 ? source.Shape.Count - 2 : axis - 2) : axis - 1;
        Keep(node, source, Spec(node, LayerKind.Concatenate, source) with { Inputs = [.. inputs.Select(input => input.Layer!)], Axis = plainAxis });
    }

    private void AddPad(OnnxNode node, OnnxValue source, int[] pads, string place)
    {
        var rank = source.Shape.Count;
        if (pads.Length != 2 * rank)
        {
            throw new NetworkFormatException($"{place}: expected two pads per axis of {LayerShapes.Text(source.Shape)}, got {pads.Length}.");
        }

        var totals = Enumerable.Range(0, rank).Select(axis => checked(pads[axis] + pads[axis + rank])).ToArray();
        int[] spatial = source.ChannelsFirst ? totals[2..] : totals[1..^1];
        Keep(node, source, Spec(node, LayerKind.ZeroPadding, source) with { Target = spatial });
    }

    private void AddUpSampling(OnnxNode node, OnnxValue source, string place)
    {
        var scales = Enumerable.Range(1, Math.Max(0, node.Inputs.Count - 1)).Select(index => Optional(node, index)?.Constant?.Values())
            .FirstOrDefault(values => values is { } list && list.Count == source.Shape.Count);
        if (scales is null || scales.Any(scale => scale < 1 || scale != Math.Floor(scale)))
        {
            throw NetworkFormatException.Unsupported(place, "resizing by anything but constant whole factors");
        }

        var factors = scales.Select(scale => checked((int)scale)).ToArray();
        Keep(node, source, Spec(node, LayerKind.UpSampling, source) with { Target = source.ChannelsFirst ? factors[2..] : factors[1..^1] });
    }

    private List<int> Axes(OnnxNode node, OnnxValue source, int input, int extra = 0)
    {
        IEnumerable<int> axes = node.Has("axes") ? node.Wholes("axes") : Optional(node, input)?.Constant?.Values().Select(value => (int)value) ?? [];
        return [.. axes.Select(axis => axis < 0 ? axis + source.Shape.Count + extra : axis)];
    }
}
