using System.ComponentModel.DataAnnotations;

namespace Headroom.Learning.Drift;

/// <summary>When something counts as drift.</summary>
public sealed class DriftOptions
{
    /// <summary>False alarms that are accepted per window, over everything that is watched. Default 0.00001: one in 100,000 windows.</summary>
    [Range(1e-12, 0.5)]
    public double FalseAlarmsPerWindow { get; set; } = 1e-5;

    /// <summary>So many windows in a row have to be unlike training before a feature raises the alarm. Default 2.</summary>
    [Range(1, 100)]
    public int Confirm { get; set; } = 2;

    /// <summary>Above so many values on both sides the distance counts, not the p-value, which calls every trifle significant. Default 1,000, as Evidently.</summary>
    [Range(10, 1_000_000)]
    public int LargeSample { get; set; } = 1_000;

    /// <summary>Largest normed Wasserstein distance of large samples. Default 0.1, as Evidently.</summary>
    [Range(0, 100)]
    public double Distance { get; set; } = 0.1;

    /// <summary>Wanted coverage of the intervals, 0 to 1. Default 0.9.</summary>
    [Range(0.01, 0.999)]
    public double Level { get; set; } = 0.9;

    /// <summary>Coverage that is lost without an alarm, 0 to 1. Default 0.03.</summary>
    [Range(0, 0.5)]
    public double CoverageTolerance { get; set; } = 0.03;

    /// <summary>Share of drifting features that is too many: a retraining is due. Default 0.5, as Evidently.</summary>
    [Range(0, 1)]
    public double TooManyFeatures { get; set; } = 0.5;
}
