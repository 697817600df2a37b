using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Tests;

/// <summary>Fleets with a daily rhythm and noise, made from a seed.</summary>
internal static class MadeUpFleet
{
    public static FleetTrace Make(int hosts, int windows, int seed, int vmsPerHost = 6)
    {
        var random = new Random(seed);
        var series = Enumerable.Range(0, hosts).Select(host =>
        {
            var vms = Enumerable.Range(0, vmsPerHost).Select(vm =>
            {
                var (mean, swing, phase) = (0.1 + (0.2 * random.NextDouble()), 0.1 * random.NextDouble(), random.NextDouble());
                var used = Enumerable.Range(0, windows)
                    .Select(window => (float)Math.Clamp(mean + (swing * Math.Sin(2 * Math.PI * ((window / 288.0) + phase))) + (0.03 * random.NextDouble()), 0, 1))
                    .ToArray();
                return new VmSeries($"vm-{host}-{vm}", 1, 0, used);
            }).ToArray();
            return new HostSeries($"host-{host}", vms, windows);
        }).ToArray();
        return new FleetTrace("made up", Resource.Cpu, TimeSpan.FromMinutes(5), windows, series);
    }
}
