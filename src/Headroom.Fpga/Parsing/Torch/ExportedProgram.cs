using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Torch;

/// <summary>
/// What <c>torch.export.save</c> writes (.pt2): an archive with the graph as JSON, schema of torch/_export/serde/schema.py. The graph states
/// the shape of every tensor. Pickled modules (.pt) hold programs instead of a description and are not read.
/// </summary>
internal sealed class ExportedProgram : INetworkFormat
{
    private static readonly Func<string, bool> Description = name =>
        name.EndsWith("serialized_exported_program.json", StringComparison.Ordinal) || name.EndsWith("models/model.json", StringComparison.Ordinal);

    public string Name => "PyTorch exported program";

    public bool Accepts(ModelFileContent file) => file.HasEntry(Description);

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits)
    {
        using var json = file.ReadEntry(Description, limits);
        var module = json.RootElement.Get("graph_module") ?? throw new NetworkFormatException($"{file.Name}: expected graph_module in the exported program, found none.");
        return new ParsedNetwork(new TorchWalk(module, file.NetworkName, limits).Run(), Name);
    }
}
