using System.Globalization;

namespace Headroom.MemoryPlacement.Live;

/// <summary>Advice on all workloads of a host: the room in the slower tier goes to those with the most idle memory first.</summary>
public static class HostMemoryAdvisor
{
    public const string ModelId = "live-memory 1";

    private const double Gibibyte = 1L << 30;

    public static LiveMemoryAdvice Advise(HostMemoryPast host, LiveMemorySettings settings)
    {
        var room = host.Tier.FreeBytes;
        var advice = new List<WorkloadMemoryAdvice>();
        foreach (var past in host.Workloads.OrderByDescending(past => IdleMemory.Of(past, host.IdleAnonymousShare, settings.HorizonSeconds).Bytes).ThenBy(past => past.Key, StringComparer.Ordinal))
        {
            var one = WorkloadMemoryAdvisor.Advise(past, host, settings, room);
            room -= one.MovableBytes ?? 0;
            advice.Add(one);
        }

        var known = advice.Where(one => one.MovableBytes is not null).ToArray();
        var movable = known.Length == 0 ? (double?)null : known.Sum(one => one.MovableBytes);
        var (constraint, why) = Binding(host, settings, known, movable);
        return new LiveMemoryAdvice(
            ModelId, host.HostId, host.Host, host.Until, host.Until.AddSeconds(settings.HorizonSeconds), host.Seconds, host.WindowSeconds, settings.SlowdownBudget,
            host.Tier, host.MemoryBytes, movable, constraint, why, [.. advice.OrderByDescending(one => one.MovableBytes ?? -1).ThenBy(one => one.Name, StringComparer.Ordinal)]);
    }

    /// <summary>What binds the host is what binds most of its memory.</summary>
    private static (string Constraint, string Why) Binding(HostMemoryPast host, LiveMemorySettings settings, WorkloadMemoryAdvice[] known, double? movable)
    {
        if (known.Length == 0)
        {
            return (MemoryConstraints.History, host.Workloads.Count == 0
                ? "No workload of this host sends its memory."
                : Text($"Too little is known of every workload: {host.Seconds / 60:0} min of telemetry, {settings.LeastSeconds / 60:0} min are needed."));
        }

        var constraint = known.GroupBy(one => one.BindingConstraint).MaxBy(group => group.Sum(one => one.ResidentBytes ?? 0))!.Key;
        var would = host.Tier.IsPresent ? "could move to" : "could live in";
        return (constraint, Text($"{movable / Gibibyte:0.00} GiB of {host.MemoryBytes / Gibibyte:0.0} GiB {would} {host.Tier.Name}, with no workload more than {settings.SlowdownBudget:P0} slower at worst."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
