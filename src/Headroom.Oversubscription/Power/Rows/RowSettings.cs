using System.ComponentModel.DataAnnotations;

using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>A row of inference servers. What is not published is assumed, and named so.</summary>
public sealed record RowSettings
{
    /// <summary>Servers the row's power was provisioned for (default 40, POLCA's production row).</summary>
    [Range(1, 10_000)]
    public int ProvisionedServers { get; init; } = 40;

    /// <summary>Share of servers with low-priority work (default 0.5, assumed: the paper's split was not found).</summary>
    [Range(0, 1)]
    public double LowShare { get; init; } = 0.5;

    /// <summary>Seconds between readings of the row's meter, each the mean since the last (default 2).</summary>
    [Range(0.1, 60)]
    public double MeterSeconds { get; init; } = 2;

    /// <summary>Highest minute of the row's power trace as a share of provisioned power (default 0.716, chosen so that 40 servers read 79 % at most, as published).</summary>
    [Range(0.05, 1)]
    public double TracePeak { get; init; } = 0.716;

    /// <summary>Lowest part of the day as a share of provisioned power (default 0.60, assumed: the power at a request rate 1.8 times lower, as in Azure's conversations of 2024).</summary>
    [Range(0.01, 1)]
    public double TraceTrough { get; init; } = 0.60;

    /// <summary>Weekend peaks above the trough as a share of weekday ones (default 0.7, assumed).</summary>
    [Range(0, 1)]
    public double WeekendShare { get; init; } = 0.7;

    /// <summary>Deviation of the trace's slow wander as a share of provisioned power, over some twenty minutes (default 0.006, assumed).</summary>
    [Range(0, 0.2)]
    public double TraceWander { get; init; } = 0.006;

    /// <summary>Deviation of the logarithm of the row's request rate around its trace, over a minute or so: bursts that hit all servers together (default 0.1, assumed; Azure's conversations show 0.25 with their slow drift).</summary>
    [Range(0, 2)]
    public double Burst { get; init; } = 0.1;

    /// <summary>One server.</summary>
    public ServerModel Server { get; init; } = new();

    /// <summary>Thresholds, clocks and delays of the controller.</summary>
    public PolcaSettings Polca { get; init; } = new();

    /// <summary>Power the row may draw, W.</summary>
    public double ProvisionedWatts => ProvisionedServers * Server.FullWatts;
}
