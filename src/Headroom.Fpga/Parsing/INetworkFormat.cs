using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Parsing;

/// <summary>A network that was read from a file.</summary>
/// <param name="Format">Name of the format it came in.</param>
/// <param name="Configuration">The hls4ml configuration, where the file carries one.</param>
public sealed record ParsedNetwork(Network Network, string Format, HlsConfiguration? Configuration = null);

/// <summary>A file format that networks come in.</summary>
internal interface INetworkFormat
{
    string Name { get; }

    /// <summary>Whether the first bytes, or the inner files of an archive, are this format's.</summary>
    bool Accepts(ModelFileContent file);

    ParsedNetwork Read(ModelFileContent file, NetworkLimits limits);
}
