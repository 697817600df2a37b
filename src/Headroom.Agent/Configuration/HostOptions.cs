namespace Headroom.Agent.Configuration;

/// <summary>How much of the host itself is looked at: section <c>host</c> of the settings.</summary>
internal sealed record HostOptions
{
    /// <summary>How many logical CPUs get a row of their own, 1024 by default; the host's totals count all.</summary>
    public int MaxCpus { get; set; } = 1024;

    /// <summary>How many disks get a row of their own, 256 by default; the host's totals count all.</summary>
    public int MaxDisks { get; set; } = 256;

    /// <summary>How many network interfaces get a row of their own, 256 by default; the host's totals count all.</summary>
    public int MaxNetworkInterfaces { get; set; } = 256;

    /// <summary>How many processes get a row per GPU, 256 by default.</summary>
    public int MaxGpuProcesses { get; set; } = 256;

    /// <summary>NVIDIA's management library, <c>libnvidia-ml.so.1</c> by default; the driver installs it.</summary>
    public string NvmlLibrary { get; set; } = "libnvidia-ml.so.1";

    /// <summary>Seconds between looks for new sensors and cache monitors, 30 by default.</summary>
    public double DiscoverySeconds { get; set; } = 30;

    /// <summary>Seconds between readings of slow sources (temperature sensors, filesystem sizes), 5 by default; their last values hold in between.</summary>
    public double SlowSourceSeconds { get; set; } = 5;

    /// <summary>Checks ranges and returns one sentence per mistake, each naming its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        foreach (var (name, seconds) in new[] { ("discoverySeconds", DiscoverySeconds), ("slowSourceSeconds", SlowSourceSeconds) })
        {
            if (seconds is not (>= 1 and <= 86400))
            {
                yield return $"host.{name}: expected 1 to 86400, got {seconds}";
            }
        }

        var limits = new[]
        {
            ("maxCpus", MaxCpus), ("maxDisks", MaxDisks), ("maxNetworkInterfaces", MaxNetworkInterfaces), ("maxGpuProcesses", MaxGpuProcesses),
        };
        foreach (var (name, limit) in limits)
        {
            if (limit < 0)
            {
                yield return $"host.{name}: expected 0 or more, got {limit}";
            }
        }
    }
}
