using System.ComponentModel.DataAnnotations;
using Headroom.Learning.Drift;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Models;

/// <summary>What a drift check looks at, and when it calls that drift.</summary>
public sealed class DriftCheckOptions
{
    /// <summary>Length of a window, in minutes (default 60).</summary>
    [Range(1, 10_000)]
    public int WindowMinutes { get; set; } = 60;

    /// <summary>So many of the newest windows are held against training; more than have to agree (default 6).</summary>
    [Range(2, 1_000)]
    public int Windows { get; set; } = 6;

    /// <summary>Answered windows of workloads that are drawn for one window at most (default 50).</summary>
    [Range(10, 10_000)]
    public int Rows { get; set; } = 50;

    /// <summary>How far back labels count for errors and coverage, in days (default 30).</summary>
    [Range(1, 3_650)]
    public int LabelDays { get; set; } = 30;

    /// <summary>When something counts as drift.</summary>
    [ValidateObjectMembers]
    public DriftOptions Rule { get; set; } = new();
}
