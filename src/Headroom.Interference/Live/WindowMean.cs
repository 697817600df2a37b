using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Interference.Live;

/// <summary>Means over windows.</summary>
internal static class WindowMean
{
    public static double? Of(IReadOnlyList<MetricVector?> seconds, EntityKind kind, string metric)
    {
        var ordinal = MetricCatalogue.Current.OrdinalOf(kind, metric) ?? throw new ArgumentException($"the catalogue has no metric '{metric}' for a {kind}", nameof(metric));
        return seconds.Select(vector => vector is not null && ordinal < vector.Length ? vector[ordinal] : null).Average();
    }
}
