using System.Text;

namespace Headroom.Fpga.Tests.Parsing;

/// <summary>Writes protobuf's wire format, for ONNX files made by hand.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    public ProtoWriter Whole(int field, long value) => Tag(field, 0).Varint((ulong)value);

    public ProtoWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtoWriter Message(int field, ProtoWriter message) => Bytes(field, message.ToArray());

    public ProtoWriter Bytes(int field, byte[] bytes)
    {
        Tag(field, 2).Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private ProtoWriter Tag(int field, int wire) => Varint((ulong)((field << 3) | wire));

    private ProtoWriter Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)value);
        return this;
    }
}

/// <summary>An ONNX model put together node by node; field numbers are onnx.proto3's.</summary>
internal sealed class OnnxModel
{
    private readonly ProtoWriter _graph = new ProtoWriter().Text(2, "net");

    public OnnxModel Input(string name, params int[] shape)
    {
        var dimensions = new ProtoWriter();
        dimensions.Message(1, new ProtoWriter().Text(2, "batch"));
        foreach (var extent in shape)
        {
            dimensions.Message(1, new ProtoWriter().Whole(1, extent));
        }

        var tensor = new ProtoWriter().Whole(1, 1).Message(2, dimensions);
        _graph.Message(11, new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor)));
        return this;
    }

    /// <summary>A float tensor; without values it has zeros.</summary>
    public OnnxModel Weights(string name, int[] shape, params float[] values)
    {
        var data = values.Length > 0 ? values : new float[shape.Aggregate(1, (size, extent) => size * extent)];
        return Tensor(name, shape, 1, [.. data.SelectMany(BitConverter.GetBytes)]);
    }

    public OnnxModel Wholes(string name, params long[] values) => Tensor(name, [values.Length], 7, [.. values.SelectMany(BitConverter.GetBytes)]);

    public OnnxModel Node(string type, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs.Split(' '))
        {
            node.Text(1, input == "-" ? "" : input);
        }

        foreach (var output in outputs.Split(' '))
        {
            node.Text(2, output == "-" ? "" : output);
        }

        node.Text(3, $"{type}_{outputs.Split(' ')[0]}").Text(4, type);
        foreach (var (name, value) in attributes)
        {
            node.Message(5, Attribute(name, value));
        }

        _graph.Message(1, node);
        return this;
    }

    public byte[] ToArray() => new ProtoWriter().Whole(1, 8).Text(2, "test").Message(7, _graph).ToArray();

    private OnnxModel Tensor(string name, int[] shape, int type, byte[] raw)
    {
        var tensor = new ProtoWriter();
        foreach (var extent in shape)
        {
            tensor.Whole(1, extent);
        }

        _graph.Message(5, tensor.Whole(2, type).Text(8, name).Bytes(9, raw));
        return this;
    }

    private static ProtoWriter Attribute(string name, object value)
    {
        var attribute = new ProtoWriter().Text(1, name);
        switch (value)
        {
            case int whole:
                return attribute.Whole(3, whole);
            case string text:
                return attribute.Text(4, text);
            case int[] list:
                foreach (var entry in list)
                {
                    attribute.Whole(8, entry);
                }

                return attribute;
            default:
                throw new ArgumentException($"no attribute of {value.GetType()}", nameof(value));
        }
    }
}
