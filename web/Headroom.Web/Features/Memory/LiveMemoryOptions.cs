using System.ComponentModel.DataAnnotations;
using Headroom.MemoryPlacement.Live;

namespace Headroom.Web.Features.Memory;

/// <summary>What the operator accepts when memory of running workloads moves to a slower tier.</summary>
internal sealed class LiveMemoryOptions
{
    public const string SectionName = "Headroom:Memory";

    /// <summary>How much slower a workload may get at worst (default 0.03).</summary>
    [Range(0.0001, 1)]
    public double SlowdownBudgetRatio { get; set; } = 0.03;

    /// <summary>For how long advice holds, in minutes (default 60).</summary>
    [Range(1, 1440)]
    public double HorizonMinutes { get; set; } = 60;

    /// <summary>Telemetry that advice needs, in minutes (default 60).</summary>
    [Range(1, 100_000)]
    public double LeastHistoryMinutes { get; set; } = 60;

    /// <summary>How much past advice rests on, in hours (default 24).</summary>
    [Range(0.1, 300)]
    public double HistoryHours { get; set; } = 24;

    /// <summary>Above this share of time with all tasks waiting for memory nothing is moved (default 0.1).</summary>
    [Range(0.001, 1)]
    public double PressureLimitRatio { get; set; } = 0.1;

    public LiveMemorySettings Settings => new(SlowdownBudgetRatio, HorizonMinutes * 60, LeastHistoryMinutes * 60, PressureLimitRatio);
}
