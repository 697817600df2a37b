using System.Text;

namespace Headroom.Fpga.Tests.Parsing;

/// <summary>A file that can be read: what describes the network in it, and how that is packed.</summary>
/// <param name="Pack">Gives the bytes of the file for a description; the description itself where nothing is around it.</param>
internal sealed record GoodFile(byte[] Description, Func<byte[], byte[]> Pack)
{
    public byte[] Bytes { get; } = Pack(Description);

    public static GoodFile Plain(byte[] bytes) => new(bytes, description => description);

    public static GoodFile Plain(string text) => Plain(Encoding.UTF8.GetBytes(text));
}

/// <summary>Good files of every format: made by hand to the specification, and written by the frameworks themselves (folder Written, whose README says how).</summary>
internal static class GoodFiles
{
    private static readonly string Written = Path.Combine(AppContext.BaseDirectory, "Parsing", "Written");

    public static IReadOnlyDictionary<string, GoodFile> All { get; } = Handmade().Concat(ByFrameworks()).ToDictionary();

    /// <summary>hls4ml's configuration with everything that is read of it, anchors included.</summary>
    public static byte[] Configuration { get; } = Encoding.UTF8.GetBytes("""
        Part: xcku115-flvb2104-2-i
        ClockPeriod: 4
        Backend: Vitis
        IOType: io_stream
        HLSConfig:
          Model: {Precision: "ap_fixed<16,6>", ReuseFactor: 2, Strategy: Resource}
          LayerType:
            Dense: &wide {ReuseFactor: 8, Precision: {weight: "ap_fixed<6,1>", result: auto}}
          LayerName:
            fc1: *wide
            out: {ReuseFactor: 32, Strategy: Latency}
        """);

    private static IEnumerable<KeyValuePair<string, GoodFile>> Handmade()
    {
        yield return new("keras-sequential.json", GoodFile.Plain(ModelFiles.KerasSequential));
        yield return new("keras-functional.json", GoodFile.Plain(ModelFiles.KerasFunctional));
        yield return new("handmade.keras", new(Encoding.UTF8.GetBytes(ModelFiles.KerasFunctional), text => ModelFiles.Zip(("metadata.json", "{}"), ("config.json", Encoding.UTF8.GetString(text)))));
        yield return new("handmade.h5", new(Encoding.UTF8.GetBytes(ModelFiles.KerasSequential), text => ModelFiles.Hdf5("model_config", Encoding.UTF8.GetString(text))));
        yield return new("handmade.pt2", new(Encoding.UTF8.GetBytes(ModelFiles.Exported), text => ModelFiles.Zip(("archive_format", "pt2"), ("net/models/model.json", Encoding.UTF8.GetString(text)))));
        yield return new("wa-record.json", GoodFile.Plain(ModelFiles.WaRecord));
        yield return new("plain.json", GoodFile.Plain(ModelFiles.PlainTagger));
        yield return new("document.json", GoodFile.Plain(Headroom.Fpga.Parsing.Plain.NetworkDocument.Write(ModelFiles.Read(ModelFiles.KerasFunctional).Network).GetRawText()));
        yield return new("handmade.onnx", GoodFile.Plain(
            new OnnxModel().Input("x", 1, 28, 28).Weights("w1", [8, 1, 3, 3]).Wholes("shape", -1, 5408).Weights("w2", [5408, 4])
                .Node("Conv", "x w1", "c", ("pads", new[] { 0, 0, 0, 0 })).Node("Relu", "c", "r").Node("Reshape", "r shape", "f").Node("MatMul", "f w2", "y").ToArray()));
        yield return new("handmade-qonnx.onnx", GoodFile.Plain(
            new OnnxModel().Input("x", 20, 6).Weights("w", [1, 32, 6]).Weights("r", [1, 32, 8]).Weights("b", [1, 64]).Weights("w2", [8, 8])
                .Weights("scale", [1], 0.03125f).Weights("zero", [1], 0f).Weights("bits", [1], 6f)
                .Node("Transpose", "x", "t", ("perm", new[] { 1, 0, 2 })).Node("LSTM", "t w r b", "- h", ("hidden_size", 8)).Node("Squeeze", "h", "s", ("axes", new[] { 0 }))
                .Node("Quant", "w2 scale zero bits", "qw", ("signed", 1)).Node("MatMul", "s qw", "m").Node("Add", "m s", "sum").Node("Concat", "sum s", "y", ("axis", 1)).ToArray()));
    }

    private static IEnumerable<KeyValuePair<string, GoodFile>> ByFrameworks() =>
        Directory.EnumerateFiles(Written).Where(path => Path.GetExtension(path) != ".md").Order(StringComparer.Ordinal).Select(path => KeyValuePair.Create(Path.GetFileName(path), GoodFile.Plain(File.ReadAllBytes(path))));
}
