using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Interference.Tests.Live;

/// <summary>Windows of a host whose numbers are easy to work out.</summary>
internal static class MadeUpHosts
{
    public const string Cores = "container.cpu.usage";
    public const string Pressure = "container.cpu.pressure.some";
    public const string HostUse = "system.cpu.utilization";
    public const string HostIdle = "system.cpu.utilization.idle";

    public static readonly FeatureSchema Schema = new(
        [
            new(FeatureBlock.Target, Cores, "{cpu}", Resource.Cpu), new(FeatureBlock.Target, Pressure, "1", Resource.Cpu),
            new(FeatureBlock.Neighbours, Cores, "{cpu}", Resource.Cpu), new(FeatureBlock.Neighbours, Pressure, "1", Resource.Cpu),
            new(FeatureBlock.Host, HostUse, "1", Resource.Cpu), new(FeatureBlock.Host, HostIdle, "1", Resource.Cpu),
        ],
        []);

    public static WorkloadWindow Workload(int id, double? cores, double? pressure = null, int seconds = 3) =>
        new(id, $"workload {id}", [.. Enumerable.Range(0, seconds).Select(_ => Vector(EntityKind.Workload, (Cores, cores), (Pressure, pressure)))]);

    public static HostWindow Host(double use, params WorkloadWindow[] workloads) => new(
        DateTimeOffset.UnixEpoch,
        [.. Enumerable.Range(0, 3).Select(_ => Vector(EntityKind.Host, (HostUse, use), (HostIdle, 1 - use)))],
        workloads);

    private static MetricVector Vector(EntityKind kind, params (string Name, double? Value)[] values)
    {
        var vector = new MetricVector(MetricCatalogue.Current.For(kind).Count);
        foreach (var (name, value) in values)
        {
            vector[MetricCatalogue.Current.OrdinalOf(kind, name)!.Value] = (float?)value;
        }

        return vector;
    }
}
