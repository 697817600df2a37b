using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Demo;

/// <summary>
/// A recorded second at another load: whatever is done per second falls with the activity, waiting falls with its cube (a queue is short on a
/// host that is half idle), and memory is filled up, by the host and in equal parts by its workloads.
/// </summary>
internal static class ScaledScene
{
    private const string Utilization = "system.cpu.utilization";
    private const string Idle = "system.cpu.utilization.idle";
    private const string WaitingForDisks = "system.cpu.utilization.iowait";
    private const string Limit = "system.memory.limit";
    private const string Available = "system.linux.memory.available";
    private const string MemoryUtilization = "system.memory.utilization";
    private const double WaitingPower = 3;

    // Nothing runs in memory that the kernel itself needs.
    private const double LeastAvailable = 0.04;

    private static readonly string[] Waiting = ["pressure", "run_queue.wait", "run_queue.latency", "throttling", "vcpu.wait", "disk.wait", "delay"];
    private static readonly string[] ActiveGauges = [$"{Utilization}.busiest", $"{Utilization}.idlest", "system.linux.load.", "system.task.runnable", "system.task.blocked"];
    private static readonly string[] HostMemory = ["system.memory.usage.used", "system.memory.usage.anonymous", "system.memory.usage.active_anonymous", "system.memory.committed"];
    private static readonly string[] WorkloadMemory = ["container.memory.usage", "container.memory.working_set", "container.memory.rss"];

    private static readonly Dictionary<EntityKind, Part[]> Parts = Enum.GetValues<EntityKind>().ToDictionary(kind => kind, kind => MetricCatalogue.Current.For(kind).Select(PartOf).ToArray());

    private enum Part
    {
        Kept,
        Active,
        Waits,
    }

    /// <param name="recorded">What was recorded of every entity in one second.</param>
    /// <param name="activity">Share of the activity, at most 1.</param>
    /// <param name="filled">Share of the host's memory that is filled beyond what was recorded.</param>
    public static IEnumerable<(EntityDescriptor Entity, MetricVector Values)> At(IReadOnlyList<(EntityDescriptor Entity, MetricVector Values)> recorded, double activity, double filled)
    {
        var workloads = recorded.Count(sample => sample.Entity.Kind == EntityKind.Workload);
        var host = recorded.FirstOrDefault(sample => sample.Entity.Kind == EntityKind.Host).Values;
        var limit = host is null ? null : Get(EntityKind.Host, host, Limit);
        var room = host is null ? 0 : Math.Max((Get(EntityKind.Host, host, Available) ?? 0) - (LeastAvailable * (limit ?? 0)), 0);
        var more = Math.Min(filled * (limit ?? 0), room);
        foreach (var (entity, values) in recorded)
        {
            var scaled = Scaled(entity.Kind, values, activity);
            switch (entity.Kind)
            {
                case EntityKind.Host:
                    Fill(scaled, more);
                    Rest(entity.Kind, scaled);
                    break;
                case EntityKind.Cpu:
                    Rest(entity.Kind, scaled);
                    break;
                case EntityKind.Workload:
                    Add(entity.Kind, scaled, WorkloadMemory, more / workloads);
                    break;
            }

            yield return (entity, scaled);
        }
    }

    private static Part PartOf(MetricDefinition metric) =>
        metric.Name.StartsWith("headroom.agent.", StringComparison.Ordinal) ? Part.Kept
        : Waiting.Any(word => metric.Name.Contains(word, StringComparison.Ordinal)) ? Part.Waits
        : metric.Kind == MetricKind.Rate || ActiveGauges.Any(name => metric.Name.StartsWith(name, StringComparison.Ordinal)) ? Part.Active
        : Part.Kept;

    private static MetricVector Scaled(EntityKind kind, MetricVector values, double activity)
    {
        var (scaled, parts, waits) = (new MetricVector(values.Length), Parts[kind], Math.Pow(activity, WaitingPower));
        for (var ordinal = 0; ordinal < values.Length; ordinal++)
        {
            scaled[ordinal] = values[ordinal] is { } value
                ? (float)(value * (parts[ordinal] switch { Part.Active => activity, Part.Waits => waits, _ => 1 }))
                : null;
        }

        return scaled;
    }

    /// <summary>What no CPU does it is idle.</summary>
    private static void Rest(EntityKind kind, MetricVector values)
    {
        if (Get(kind, values, Utilization) is { } used)
        {
            Set(kind, values, Idle, Math.Max(0, 1 - used - (Get(kind, values, WaitingForDisks) ?? 0)));
        }
    }

    private static void Fill(MetricVector host, double more)
    {
        Add(EntityKind.Host, host, HostMemory, more);
        Add(EntityKind.Host, host, [Available, "system.memory.usage.free"], -more);
        if (Get(EntityKind.Host, host, Limit) is { } limit && Get(EntityKind.Host, host, Available) is { } available)
        {
            Set(EntityKind.Host, host, MemoryUtilization, 1 - (available / limit));
        }
    }

    private static void Add(EntityKind kind, MetricVector values, string[] names, double more)
    {
        foreach (var name in names)
        {
            if (Get(kind, values, name) is { } value)
            {
                Set(kind, values, name, Math.Max(0, value + more));
            }
        }
    }

    private static double? Get(EntityKind kind, MetricVector values, string name) => Ordinal(kind, name) is var ordinal && ordinal < values.Length ? values[ordinal] : null;

    private static void Set(EntityKind kind, MetricVector values, string name, double value)
    {
        if (Ordinal(kind, name) is var ordinal && ordinal < values.Length)
        {
            values[ordinal] = (float)value;
        }
    }

    private static int Ordinal(EntityKind kind, string name) => MetricCatalogue.Current.OrdinalOf(kind, name) ?? throw new InvalidOperationException($"the catalogue has no {name} of a {kind}");
}
