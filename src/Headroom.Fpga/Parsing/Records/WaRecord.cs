using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Records;

/// <summary>One record of the wa-hls4ml corpus: network and configuration together.</summary>
internal sealed class WaRecord : INetworkFormat
{
    public string Name => "wa-hls4ml record";

    public bool Accepts(ModelFileContent file) => file.Json is { } json && WaRecordReader.Accepts(json);

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits)
    {
        var design = WaRecordReader.Read(file.Json!.Value).Design;
        var builder = new NetworkBuilder(design.Network.Name, limits);
        foreach (var layer in design.Network.Layers)
        {
            builder.Adopt(layer);
        }

        return new ParsedNetwork(builder.Build(), Name, design.Configuration);
    }
}
