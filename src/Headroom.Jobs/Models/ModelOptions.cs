using System.ComponentModel.DataAnnotations;
using Headroom.Learning.Promotion;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Models;

/// <summary>Settings of the registry of models, each with its default.</summary>
public sealed class ModelOptions
{
    public const string SectionName = "Headroom:Models";

    /// <summary>How often the registry is asked for the champion when nothing is heard of it, in seconds. Default 2.</summary>
    [Range(0.1, 300)]
    public double PollSeconds { get; set; } = 2;

    /// <summary>When a challenger may become champion.</summary>
    [ValidateObjectMembers]
    public PromotionLimits Promotion { get; set; } = new();

    /// <summary>How a challenger is tried on live traffic.</summary>
    [ValidateObjectMembers]
    public ShadowOptions Shadow { get; set; } = new();

    /// <summary>How drift is looked for.</summary>
    [ValidateObjectMembers]
    public DriftCheckOptions Drift { get; set; } = new();

    /// <summary>With so many more labelled runs in a campaign a retraining is asked for at once (default 20).</summary>
    [Range(1, 1_000_000)]
    public int NewRuns { get; set; } = 20;
}
