using Headroom.Interference.Runs;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Interference.Importers;

/// <summary>What a metric of the catalogue says something about.</summary>
internal static class MetricResource
{
    private static readonly (string Part, Resource Resource)[] Parts =
    [
        ("gpu", Resource.Gpu),
        ("llc", Resource.Cache),
        ("cache", Resource.Cache),
        ("l2", Resource.Cache),
        ("membw", Resource.MemoryBandwidth),
        ("bandwidth", Resource.MemoryBandwidth),
        ("network", Resource.Network),
        ("disk", Resource.Disk),
        ("io", Resource.Disk),
        ("block", Resource.Disk),
        ("memory", Resource.Memory),
        ("paging", Resource.Memory),
        ("cpu", Resource.Cpu),
        ("topdown", Resource.Cpu),
        ("perf", Resource.Cpu),
        ("sched", Resource.Cpu),
    ];

    public static Resource Of(MetricDefinition metric)
    {
        var words = $"{metric.Name}.{metric.Group}".Split('.', '_', '-');
        return Parts.Where(part => words.Contains(part.Part, StringComparer.OrdinalIgnoreCase)).Select(part => (Resource?)part.Resource).FirstOrDefault() ?? Resource.Other;
    }
}
