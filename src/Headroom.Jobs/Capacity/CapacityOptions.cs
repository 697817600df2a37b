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

    /// <summary>A host with less telemetry gets early advice with a margin, or none, in hours (default 24, as Koordinator).</summary>
    [Range(0, 720)]
    public double ColdStartHours { get; set; } = 24;

    /// <summary>A host with less telemetry counts as what it promised, in minutes (default 10). As long as the cold start it is Koordinator's rule.</summary>
    [Range(0, 43_200)]
    public double EarlyAdviceMinutes { get; set; } = 10;

    /// <summary>Share that early advice adds to the most that was seen while hardly anything is known; it falls to 0 at the end of the cold start (default 0.5).</summary>
    [Range(0, 10)]
    public double EarlyMarginRatio { get; set; } = 0.5;

    /// <summary>Least performance that workloads were promised, relative to running alone, 0 to 1 (default 0.9).</summary>
    [Range(0, 1)]
    public double PromisedPerformance { get; set; } = 0.9;

    /// <summary>The same for single workloads, by their name or their key on the host (default none).</summary>
    public IDictionary<string, double> WorkloadPromises { get; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Predictions of performance older than this do not guard, in minutes (default 15).</summary>
    [Range(0.1, 1440)]
    public double PredictionMaxAgeMinutes { get; set; } = 15;

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

    /// <summary>What a workload was promised, 0 to 1.</summary>
    public double PromiseTo(string workload, string? key) =>
        WorkloadPromises.TryGetValue(workload, out var byName) ? byName
        : key is not null && WorkloadPromises.TryGetValue(key, out var byKey) ? byKey
        : PromisedPerformance;
}
