using System.ComponentModel.DataAnnotations;
using Headroom.Interference.GpuPairs;

namespace Headroom.Jobs.Interference;

/// <summary>Settings of the interference predictions, each with its default.</summary>
public sealed class InterferenceOptions
{
    public const string SectionName = "Headroom:Interference";

    /// <summary>A model file that <c>headroom train interference</c> wrote; empty takes the one that comes with the program.</summary>
    public string ModelFile { get; set; } = "";

    /// <summary>The file that <c>headroom train gpu-pairs</c> wrote; default is where that command puts it.</summary>
    public string GpuPairsModelFile { get; set; } = GpuPairFile.DefaultPath;

    /// <summary>Whether live windows are predicted (default true).</summary>
    public bool Watch { get; set; } = true;

    /// <summary>Length of a live window, and how often one is predicted, in seconds (default 10).</summary>
    [Range(2, 600)]
    public int WindowSeconds { get; set; } = 10;

    /// <summary>How long frames may be on their way before a window is read, in seconds (default 3).</summary>
    [Range(0, 60)]
    public double SettleSeconds { get; set; } = 3;

    /// <summary>Busy workloads predicted per host and window at most, the busiest first (default 64).</summary>
    [Range(1, 10_000)]
    public int MaxWorkloadsPerHost { get; set; } = 64;

    /// <summary>Questions that may wait for a model; more are refused (default 256).</summary>
    [Range(1, 100_000)]
    public int LaneCapacity { get; set; } = 256;

    /// <summary>Questions that a model answers as one batch at most (default 64).</summary>
    [Range(1, 10_000)]
    public int LaneBatch { get; set; } = 64;

    /// <summary>How long predictions are kept, in days (default 30).</summary>
    [Range(0.01, 3650)]
    public double KeepDays { get; set; } = 30;

    /// <summary>Over how many minutes predictions are averaged before a host counts as full (default 5).</summary>
    [Range(0.1, 1440)]
    public double OutlookMinutes { get; set; } = 5;
}
