using System.ComponentModel.DataAnnotations;
using Headroom.Oversubscription.Power.Limits;
using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Jobs.Power;

/// <summary>Settings of power oversubscription.</summary>
public sealed class PowerOptions
{
    public const string SectionName = "Headroom:Power";

    public const string LowPriority = "low";

    public const string HighPriority = "high";

    /// <summary>Folder that holds the public data sets of request lengths and GPU power; simulations use a built-in load without it (default none).</summary>
    public string? DatasetsFolder { get; set; }

    /// <summary>Policy that watches the fleet: <c>no cap</c>, <c>one threshold</c>, <c>two thresholds, no priorities</c>, <c>POLCA</c> or <c>predictive</c> (default POLCA).</summary>
    public string Policy { get; set; } = PolcaPolicy.PolicyName;

    /// <summary>Seconds between two readings of the fleet's power (default 5).</summary>
    [Range(1, 3600)]
    public double WatchSeconds { get; set; } = 5;

    /// <summary>Power the fleet may draw, W (default none: hosts times <see cref="FullWatts"/>).</summary>
    [Range(1, 1e9)]
    public double? ProvisionedWatts { get; set; }

    /// <summary>Power of a host without power sensors at idle, W (default 80).</summary>
    [Range(0, 100_000)]
    public double IdleWatts { get; set; } = 80;

    /// <summary>Power of a host at full load, W: the other end of the estimate, and what is provisioned per host unless <see cref="ProvisionedWatts"/> says otherwise (default 350).</summary>
    [Range(1, 100_000)]
    public double FullWatts { get; set; } = 350;

    /// <summary>Decisions of the ledger that are shown (default 200).</summary>
    [Range(1, 10_000)]
    public int LedgerLines { get; set; } = 200;

    /// <summary>How long decisions are kept in the ledger, in days (default 60).</summary>
    [Range(1, 3650)]
    public double KeepDays { get; set; } = 60;

    /// <summary>Whether the policy may limit the hardware of the server's own machine (default false: a dry run).</summary>
    public bool WriteLimits { get; set; }

    /// <summary>Priority of the server's own machine when limits are written: <c>low</c> or <c>high</c> (default high: slowed last).</summary>
    [AllowedValues(LowPriority, HighPriority)]
    public string HostPriority { get; set; } = HighPriority;

    /// <summary>The kernel's powercap folder (default /sys/class/powercap).</summary>
    public string PowercapFolder { get; set; } = RaplLimiter.DefaultFolder;

    /// <summary>NVIDIA's management library (default libnvidia-ml.so.1).</summary>
    public string NvmlLibrary { get; set; } = NvmlLimiter.DefaultLibrary;
}
