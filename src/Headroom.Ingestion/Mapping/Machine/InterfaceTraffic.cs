using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.Machine;

/// <summary>What a network interface carries, for the interface and for the host's physical interfaces together.</summary>
internal static class InterfaceTraffic
{
    /// <param name="series">The series.</param>
    /// <param name="device">Name of the interface.</param>
    /// <param name="metric">A running total that the catalogue has for interfaces and for hosts.</param>
    public static IEnumerable<MetricTarget> Of(SeriesIdentity series, string? device, string metric)
    {
        if (device is null)
        {
            yield break;
        }

        yield return new(MachineParts.Interface(series, device), Rate(metric));
        if (DeviceNames.IsPhysicalInterface(device))
        {
            yield return new(MachineParts.Host(series), Rate(metric).Summed());
        }
    }

    /// <summary>A property of the link, which has no sum.</summary>
    public static IEnumerable<MetricTarget> Link(SeriesIdentity series, string? device, MetricRule rule) =>
        device is null ? [] : [new(MachineParts.Interface(series, device), rule)];
}
