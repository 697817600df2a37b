using System.ComponentModel.DataAnnotations;

namespace Headroom.Jobs.Models;

/// <summary>How a challenger that met the rule on recorded runs is tried on live traffic before it may answer.</summary>
public sealed class ShadowOptions
{
    /// <summary>How long it waits for labels of live windows, in hours; 0 decides on the replay at once (default 24).</summary>
    [Range(0, 8_760)]
    public double Hours { get; set; } = 24;

    /// <summary>With so many labels the wait is over (default 50).</summary>
    [Range(1, 1_000_000)]
    public int Labels { get; set; } = 50;

    /// <summary>Live traffic is there when the champion answered a window in the last so many minutes (default 60).</summary>
    [Range(1, 100_000)]
    public double TrafficMinutes { get; set; } = 60;
}
