using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>The pasts of many hosts as one trace: the platform's own history, replayed like a public one.</summary>
public static class PastFleet
{
    /// <summary>Hosts whose past is shorter than this share of the longest one are left out, so that all share their windows.</summary>
    private const double LeastShare = 0.9;

    /// <summary>Makes the trace of one resource.</summary>
    /// <exception cref="TraceException">No host has a past.</exception>
    public static FleetTrace Make(string name, IReadOnlyList<RecommendationInputs> hosts, Resource resource)
    {
        if (hosts.Count == 0)
        {
            throw new TraceException("expected a host with telemetry in the store, there is none");
        }

        // Hosts with a long past have longer windows; the kind of which there is most is taken.
        var alike = hosts.GroupBy(host => (host.WindowSeconds, host.MadeAt)).MaxBy(group => group.Count() * group.Max(host => host.Windows))!;
        var longest = alike.Max(host => host.Windows);
        var kept = alike.Where(host => host.Windows >= LeastShare * longest).ToArray();
        var windows = kept.Min(host => host.Windows);
        var series = kept.Select(host =>
        {
            var last = Last(host, windows);
            return HostFleet.Make(last, last.Resources.Single(past => past.Resource == resource), 0).Hosts[0];
        });
        return new FleetTrace(name, resource, TimeSpan.FromSeconds(alike.Key.WindowSeconds), windows, [.. series]);
    }

    private static RecommendationInputs Last(RecommendationInputs host, int windows)
    {
        var skip = host.Windows - windows;
        return host with
        {
            Windows = windows,
            Resources = [.. host.Resources.Select(past => past with
            {
                Workloads = [.. past.Workloads.Where(workload => workload.FirstWindow + workload.Used.Length > skip).Select(workload => workload with
                {
                    FirstWindow = Math.Max(0, workload.FirstWindow - skip),
                    Used = [.. workload.Used.Skip(Math.Max(0, skip - workload.FirstWindow))],
                })],
            })],
        };
    }
}
