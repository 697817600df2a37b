namespace Headroom.Telemetry.Catalogue;

/// <summary>Where CPU time goes, the same for a host and for each of its logical CPUs. The modes of one CPU sum to at most 1.</summary>
internal static class CpuModes
{
    public static IEnumerable<MetricDefinition> Metrics(string source, string whole)
    {
        yield return Share("system.cpu.utilization", $"Share of {whole} that was neither idle nor waiting for I/O.");
        yield return Share("system.cpu.utilization.user", $"Share of {whole} in user mode, without guests.");
        yield return Share("system.cpu.utilization.nice", $"Share of {whole} in user mode at low priority, without guests.");
        yield return Share("system.cpu.utilization.system", $"Share of {whole} in the kernel.");
        yield return Share("system.cpu.utilization.idle", $"Share of {whole} without anything to do.");
        yield return Share("system.cpu.utilization.iowait", $"Share of {whole} idle while a task of that CPU waited for I/O.");
        yield return Share("system.cpu.utilization.interrupt", $"Share of {whole} in hardware interrupts.");
        yield return Share("system.cpu.utilization.softirq", $"Share of {whole} in soft interrupts.");
        yield return Share("system.cpu.utilization.steal", $"Share of {whole} that the hypervisor gave to others while tasks were ready here.");
        yield return Share("system.cpu.utilization.guest", $"Share of {whole} that ran virtual machines.");
        yield return Share("system.cpu.utilization.guest_nice", $"Share of {whole} that ran virtual machines at low priority.");

        MetricDefinition Share(string name, string description) => new(name, "1", MetricKind.Rate, "cpu", source, description);
    }
}
