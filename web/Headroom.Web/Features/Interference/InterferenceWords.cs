using Headroom.Interference.Runs;

namespace Headroom.Web.Features.Interference;

/// <summary>Names of interference reasons on screen.</summary>
internal static class InterferenceWords
{
    public static string Name(Resource resource) => resource switch
    {
        Resource.Cpu => "CPU",
        Resource.Gpu => "GPU",
        Resource.MemoryBandwidth => "Memory bandwidth",
        _ => resource.ToString(),
    };

    public static string Name(FeatureBlock block) => block switch
    {
        FeatureBlock.Target => "the workload itself",
        FeatureBlock.Neighbours => "its neighbours",
        FeatureBlock.Host => "the host",
        _ => block.ToString().ToLowerInvariant(),
    };
}
