namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>NodeProto: input = 1, output = 2, name = 3, op_type = 4, attribute = 5.</summary>
internal sealed class OnnxNode
{
    private const int MostItems = 10_000;

    private readonly Dictionary<string, OnnxAttribute> _attributes = new(StringComparer.Ordinal);

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public string Name { get; private set; } = "";

    public string Operator { get; private set; } = "";

    public static OnnxNode Read(ProtoReader reader)
    {
        var node = new OnnxNode();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    node.Inputs.Add(reader.Text());
                    break;
                case 2:
                    node.Outputs.Add(reader.Text());
                    break;
                case 3:
                    node.Name = reader.Text();
                    break;
                case 4:
                    node.Operator = reader.Text();
                    break;
                case 5:
                    var attribute = OnnxAttribute.Read(reader.Message());
                    node._attributes[attribute.Name] = attribute;
                    break;
                default:
                    reader.Skip();
                    break;
            }

            if (node.Inputs.Count > MostItems || node.Outputs.Count > MostItems || node._attributes.Count > MostItems)
            {
                throw new NetworkFormatException($"Node '{node.Name}' has more than {MostItems} inputs, outputs or attributes.");
            }
        }

        return node;
    }

    public int Whole(string name, int otherwise) => _attributes.TryGetValue(name, out var attribute) && attribute.Whole is { } value ? checked((int)value) : otherwise;

    public string? Text(string name) => _attributes.GetValueOrDefault(name)?.Text;

    public IReadOnlyList<int> Wholes(string name) => _attributes.TryGetValue(name, out var attribute) ? [.. attribute.Wholes.Select(value => checked((int)value))] : [];

    public OnnxTensor? Tensor(string name) => _attributes.GetValueOrDefault(name)?.Tensor;

    public bool Has(string name) => _attributes.ContainsKey(name);
}

/// <summary>AttributeProto: name = 1, f = 2, i = 3, s = 4, t = 5, ints = 8.</summary>
internal sealed class OnnxAttribute
{
    private const int MostItems = 1_000;

    public string Name { get; private set; } = "";

    public long? Whole { get; private set; }

    public string? Text { get; private set; }

    public OnnxTensor? Tensor { get; private set; }

    public List<long> Wholes { get; } = [];

    public static OnnxAttribute Read(ProtoReader reader)
    {
        var attribute = new OnnxAttribute();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    attribute.Name = reader.Text();
                    break;
                case 3:
                    attribute.Whole = reader.Whole();
                    break;
                case 4:
                    attribute.Text = reader.Text();
                    break;
                case 5:
                    attribute.Tensor = OnnxTensor.Read(reader.Message());
                    break;
                case 8:
                    reader.Wholes(attribute.Wholes, MostItems);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return attribute;
    }
}
