namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>ONNX and QONNX files. They carry no signature, so this format is asked last.</summary>
internal sealed class OnnxFormat : INetworkFormat
{
    public string Name => "ONNX or QONNX";

    // The first field of every ModelProto in the wild is ir_version (field 1, varint): byte 0x08.
    public bool Accepts(ModelFileContent file) => file.Bytes.Length > 8 && file.Bytes.Span[0] == 0x08;

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits)
    {
        var graph = OnnxGraphMessage.ReadModel(file.Bytes) ?? throw new NetworkFormatException($"{file.Name}: expected an ONNX model with a graph, found none.");
        return new ParsedNetwork(new OnnxWalk(graph, file.NetworkName, limits).Run(), Name);
    }
}
