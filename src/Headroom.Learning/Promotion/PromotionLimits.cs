using System.ComponentModel.DataAnnotations;

namespace Headroom.Learning.Promotion;

/// <summary>When a challenger may become champion.</summary>
public sealed class PromotionLimits
{
    /// <summary>Largest p-value on the hold-out. Default 0.05.</summary>
    [Range(0, 1)]
    public double PValue { get; set; } = 0.05;

    /// <summary>How much worse a slice may get, as a share of the champion's error. Default 0.1.</summary>
    [Range(0, 10)]
    public double SliceLoss { get; set; } = 0.1;

    /// <summary>Slices with fewer rows say too little. Default 10.</summary>
    [Range(1, 1_000_000)]
    public int SliceRows { get; set; } = 10;

    /// <summary>Coverage that may be missing at the level, beside two standard errors of a share of that many rows. Default 0.03.</summary>
    [Range(0, 1)]
    public double CoverageLoss { get; set; } = 0.03;

    /// <summary>Coverage above the level that is too much, because the intervals could be narrower; beside two standard errors. Default 0.08.</summary>
    [Range(0, 1)]
    public double CoverageExcess { get; set; } = 0.08;

    /// <summary>Fewest rows in the hold-out and in the shadow. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int Rows { get; set; } = 20;
}
