using System.ComponentModel.DataAnnotations;

namespace Headroom.Jobs.Capacity;

/// <summary>What the operator accepts when more is promised than there is.</summary>
public sealed class CapacityOptions
{
    public const string SectionName = "Headroom:Capacity";

    /// <summary>Share of windows in which the joint use may exceed the advice (default 0.01).</summary>
    [Range(0.0001, 0.5)]
    public double RiskRatio { get; set; } = 0.01;

    /// <summary>For how long a recommendation holds, in minutes (default 60).</summary>
    [Range(1, 1440)]
    public double HorizonMinutes { get; set; } = 60;

    /// <summary>A host with less telemetry counts as what it promised, in hours (default 24, as Koordinator).</summary>
    [Range(0, 720)]
    public double ColdStartHours { get; set; } = 24;

    /// <summary>How much past a recommendation rests on, in days (default 7).</summary>
    [Range(0.01, 13)]
    public double HistoryDays { get; set; } = 7;

    /// <summary>Advice is withdrawn when a host's past advice was exceeded so often that chance explains it with less than this probability (default 0.05).</summary>
    [Range(0.0001, 0.5)]
    public double WithdrawBelowChance { get; set; } = 0.05;

    /// <summary>How long advice is kept in the ledger, in days (default 60).</summary>
    [Range(1, 3650)]
    public double KeepDays { get; set; } = 60;

    /// <summary>Hosts that one run of the job advises at most (default 50); the others follow in the next run.</summary>
    [Range(1, 10_000)]
    public int MaxHostsPerRun { get; set; } = 50;
}
