namespace Headroom.Oversubscription.Power.Live;

/// <summary>What a host reports that tells of its power, W; null where it reports nothing.</summary>
/// <param name="Meter">The whole machine by its own meter.</param>
/// <param name="Platform">The platform as the CPU measures it (psys).</param>
/// <param name="Packages">CPU packages (RAPL).</param>
/// <param name="Memory">Memory modules (RAPL).</param>
/// <param name="Gpus">All GPUs together.</param>
/// <param name="CpuUtilization">Busy share of all CPUs, 0 to 1.</param>
public sealed record HostSensors(double? Meter, double? Platform, double? Packages, double? Memory, double? Gpus, double? CpuUtilization);

/// <summary>Power of a host and how it is known.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Watts">Power, W; null when nothing tells of it.</param>
/// <param name="Method">Measured by what, or estimated from what.</param>
/// <param name="Measured">Whether the number is measured.</param>
public sealed record HostPower(string Host, double? Watts, string Method, bool Measured)
{
    /// <summary>The best that the sensors give: the machine's meter, the platform, its parts, or a straight line from idle to full load by CPU utilisation.</summary>
    /// <param name="host">Name of the host.</param>
    /// <param name="sensors">What it reports.</param>
    /// <param name="idleWatts">Power of a host without sensors at idle, W.</param>
    /// <param name="fullWatts">Its power at full load, W.</param>
    public static HostPower Of(string host, HostSensors sensors, double idleWatts, double fullWatts) => sensors switch
    {
        { Meter: { } meter } => new(host, meter, "measured by the machine's own meter", true),
        { Platform: { } platform } => new(host, platform + (sensors.Gpus ?? 0), sensors.Gpus is null ? "measured: platform" : "measured: platform and GPUs", true),
        { Packages: { } packages } => new(host, packages + (sensors.Memory ?? 0) + (sensors.Gpus ?? 0), "measured: CPU packages, memory and GPUs; fans, disks and supplies are not in it", true),
        { CpuUtilization: { } busy } => new(
            host, idleWatts + ((fullWatts - idleWatts) * Math.Clamp(busy, 0, 1)) + (sensors.Gpus ?? 0),
            "estimated from CPU utilisation, straight from idle to full load; not calibrated on this host", false),
        _ => new(host, null, "the host reports nothing that tells of its power", false),
    };
}
