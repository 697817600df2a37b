namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>The part of onnx.proto3 (ONNX IR) that describes a graph: field numbers are the standard's.</summary>
internal sealed class OnnxGraphMessage
{
    /// <summary>Most fields of a kind in one message; far above any real graph of a few thousand nodes.</summary>
    private const int MostItems = 100_000;

    public string Name { get; private set; } = "";

    public List<OnnxNode> Nodes { get; } = [];

    public Dictionary<string, OnnxTensor> Initializers { get; } = new(StringComparer.Ordinal);

    public List<(string Name, IReadOnlyList<int?>? Shape)> Inputs { get; } = [];

    /// <summary>ModelProto: ir_version = 1, producer_name = 2, graph = 7.</summary>
    public static OnnxGraphMessage? ReadModel(ReadOnlyMemory<byte> bytes)
    {
        OnnxGraphMessage? graph = null;
        for (var model = new ProtoReader(bytes); model.Next();)
        {
            if (model.Field == 7)
            {
                graph = Read(model.Message());
            }
            else
            {
                model.Skip();
            }
        }

        return graph;
    }

    /// <summary>GraphProto: node = 1, name = 2, initializer = 5, input = 11.</summary>
    private static OnnxGraphMessage Read(ProtoReader reader)
    {
        var graph = new OnnxGraphMessage();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    graph.Nodes.Add(OnnxNode.Read(reader.Message()));
                    break;
                case 2:
                    graph.Name = reader.Text();
                    break;
                case 5:
                    var tensor = OnnxTensor.Read(reader.Message());
                    graph.Initializers[tensor.Name] = tensor;
                    break;
                case 11:
                    graph.Inputs.Add(ValueInfo(reader.Message()));
                    break;
                default:
                    reader.Skip();
                    break;
            }

            if (graph.Nodes.Count > MostItems || graph.Initializers.Count > MostItems || graph.Inputs.Count > MostItems)
            {
                throw new NetworkFormatException($"The graph has more than {MostItems} nodes, initializers or inputs.");
            }
        }

        return graph;
    }

    /// <summary>ValueInfoProto: name = 1, type = 2 / tensor_type = 1 / shape = 2 / dim = 1 / dim_value = 1.</summary>
    private static (string Name, IReadOnlyList<int?>? Shape) ValueInfo(ProtoReader reader)
    {
        var name = "";
        IReadOnlyList<int?>? shape = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    shape = Inside(reader.Message(), 1) is { } tensor && Inside(tensor, 2) is { } dimensions ? Dimensions(dimensions) : null;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (name, shape);
    }

    private static ProtoReader? Inside(ProtoReader reader, int field)
    {
        ProtoReader? found = null;
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                found = reader.Message();
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static List<int?> Dimensions(ProtoReader reader)
    {
        var shape = new List<int?>();
        while (reader.Next())
        {
            if (reader.Field != 1 || shape.Count == 16)
            {
                reader.Skip();
                continue;
            }

            int? extent = null;
            for (var dimension = reader.Message(); dimension.Next();)
            {
                if (dimension.Field == 1)
                {
                    extent = checked((int)dimension.Whole());
                }
                else
                {
                    dimension.Skip();
                }
            }

            shape.Add(extent);
        }

        return shape;
    }
}
