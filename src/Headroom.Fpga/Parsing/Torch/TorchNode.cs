using System.Text.Json;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Torch;

/// <summary>A call of an operator: <c>{"target": "torch.ops.aten.linear.default", "inputs": [{"name", "arg"}], "outputs": […]}</c>.</summary>
internal sealed class TorchNode(JsonElement node, int number)
{
    private readonly JsonElement[] _inputs = [.. node.Items("inputs")];

    /// <summary>aten's name without overload, for example conv2d.</summary>
    public string Operator { get; } = Plain(node.Text("target") ?? "");

    public string Place => $"node {number} '{Output}' ({Operator})";

    /// <summary>Name of the (first) tensor it gives.</summary>
    public string Output { get; } = node.Items("outputs").Select(FirstTensor).FirstOrDefault(name => name is not null) ?? $"node_{number}";

    /// <summary>Names of all tensors it gives.</summary>
    public IReadOnlyList<string> Outputs { get; } = [.. node.Items("outputs").SelectMany(TensorsOf)];

    /// <summary>The tensor in an argument by place or name; null when it is none.</summary>
    public string? Tensor(int index) => index < _inputs.Length && _inputs[index].Get("arg") is { } argument ? argument.Get("as_tensor")?.Text("name") : null;

    /// <summary>The tensors in an argument that is a list.</summary>
    public IReadOnlyList<string> Tensors(int index) => index < _inputs.Length && _inputs[index].Get("arg") is { } argument ? [.. TensorsOf(argument)] : [];

    /// <summary>An argument by its name in aten's signature: a list of whole numbers, or one as a list; empty when it was left to its default.</summary>
    public IReadOnlyList<int> Wholes(string name)
    {
        if (Argument(name) is not { } argument)
        {
            return [];
        }

        if (argument.Get("as_ints") is { ValueKind: JsonValueKind.Array } list)
        {
            return [.. list.EnumerateArray().Select(entry => entry.GetInt32())];
        }

        return argument.Get("as_int") is { } one ? [one.GetInt32()] : [];
    }

    public bool? Flag(string name) => Argument(name)?.Get("as_bool")?.GetBoolean();

    private JsonElement? Argument(string name) => _inputs.Where(input => input.Text("name") == name).Select(input => input.Get("arg")).FirstOrDefault();

    private static IEnumerable<string> TensorsOf(JsonElement argument)
    {
        if (argument.Get("as_tensor")?.Text("name") is { } one)
        {
            yield return one;
        }

        foreach (var entry in argument.Items("as_tensors"))
        {
            if (entry.Text("name") is { } name)
            {
                yield return name;
            }
        }
    }

    private static string? FirstTensor(JsonElement argument) => TensorsOf(argument).FirstOrDefault();

    /// <summary>torch.ops.aten.max_pool2d.default is max_pool2d.</summary>
    private static string Plain(string target) => target.Split('.') is { Length: >= 4 } parts && parts[1] == "ops" ? parts[3] : target;
}
