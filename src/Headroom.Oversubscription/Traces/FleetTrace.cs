namespace Headroom.Oversubscription.Traces;

/// <summary>Hosts over time, all on the same windows.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Resource">What the numbers count.</param>
/// <param name="Step">Length of a window.</param>
/// <param name="Windows">How many windows.</param>
/// <param name="Hosts">The hosts.</param>
public sealed record FleetTrace(string Name, Resource Resource, TimeSpan Step, int Windows, IReadOnlyList<HostSeries> Hosts)
{
    /// <summary>How many windows a duration spans, at least one.</summary>
    public int WindowsIn(TimeSpan duration) => Math.Max(1, (int)Math.Round(duration / Step));
}
