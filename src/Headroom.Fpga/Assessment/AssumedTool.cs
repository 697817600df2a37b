using Headroom.Fpga.Configurations;

namespace Headroom.Fpga.Assessment;

/// <summary>The tool a design is predicted for when its configuration states none: the newest one the model that comes along has seen.</summary>
public static class AssumedTool
{
    public const string Version = "2020.1";

    public static HlsConfiguration In(HlsConfiguration configuration) => configuration with { ToolVersion = configuration.ToolVersion ?? Version };
}
