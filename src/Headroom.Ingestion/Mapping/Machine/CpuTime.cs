using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.Machine;

/// <summary>
/// CPU time by CPU and mode, for the CPU and for the host. The host's share of a mode is the mean over its CPUs; its utilization is
/// busy over all time, which also holds for senders that add their CPUs up.
/// </summary>
internal static class CpuTime
{
    private const string Utilization = "system.cpu.utilization";

    // What senders call the modes, and what the catalogue does.
    private static readonly Dictionary<string, string> Modes = new(StringComparer.Ordinal)
    {
        ["user"] = "user", ["nice"] = "nice", ["system"] = "system", ["kernel"] = "system", ["idle"] = "idle", ["iowait"] = "iowait",
        ["wait"] = "iowait", ["irq"] = "interrupt", ["interrupt"] = "interrupt", ["softirq"] = "softirq", ["steal"] = "steal",
    };

    /// <param name="series">The series.</param>
    /// <param name="cpu">Number of the CPU, or null where the sender adds them up.</param>
    /// <param name="mode">The mode, as the sender calls it.</param>
    /// <param name="like">A rule that says how the values are to be read: seconds as a rate, or shares as a level.</param>
    public static IEnumerable<MetricTarget> Of(SeriesIdentity series, string? cpu, string? mode, Func<string, MetricRule> like)
    {
        if (mode is null || !Modes.TryGetValue(mode, out var known))
        {
            yield break;
        }

        var (host, metric, isBusy) = (MachineParts.Host(series), $"{Utilization}.{known}", known is not ("idle" or "iowait"));
        yield return new(host, like(Utilization).Under());
        if (isBusy)
        {
            yield return new(host, like(Utilization).Over());
        }

        if (cpu is null)
        {
            yield break;
        }

        yield return new(host, like(metric).Averaged());
        var one = MachineParts.Cpu(series, cpu);
        yield return new(one, like(metric).Summed());
        if (isBusy)
        {
            yield return new(one, like(Utilization).Summed());
        }

        if (known == "idle")
        {
            yield return new(host, like("system.cpu.logical.count").Counted());
        }
    }

    /// <summary>Time in guests, which the modes user and nice hold as well.</summary>
    public static IEnumerable<MetricTarget> Guest(SeriesIdentity series, string cpu, string? mode)
    {
        if (mode is not ("user" or "nice"))
        {
            yield break;
        }

        var metric = mode == "user" ? $"{Utilization}.guest" : $"{Utilization}.guest_nice";
        yield return new(MachineParts.Host(series), Rate(metric).Averaged());
        yield return new(MachineParts.Cpu(series, cpu), Rate(metric).Summed());
        yield return new(MachineParts.Cpu(series, cpu), Rate($"{Utilization}.{mode}").Summed().Less());
    }
}
