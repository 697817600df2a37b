using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>What <c>model.to_json()</c> writes, Keras 2 and 3, with QKeras layers.</summary>
internal sealed class KerasJson : INetworkFormat
{
    public string Name => "Keras JSON";

    public bool Accepts(ModelFileContent file) => file.Json is { } json && json.Get("config") is not null && json.Text("class_name") is not null;

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits) => new(KerasModel.Read(file.Json!.Value, file.NetworkName, limits), Name);
}

/// <summary>A <c>.keras</c> archive: the description is its <c>config.json</c>; weights are not read.</summary>
internal sealed class KerasArchive : INetworkFormat
{
    private static readonly Func<string, bool> Description = name => name is "config.json";

    public string Name => ".keras archive";

    public bool Accepts(ModelFileContent file) => file.HasEntry(Description);

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits)
    {
        using var json = file.ReadEntry(Description, limits);
        return new ParsedNetwork(KerasModel.Read(json.RootElement, file.NetworkName, limits), Name);
    }
}
