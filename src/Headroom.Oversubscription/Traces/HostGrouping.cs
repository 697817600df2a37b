namespace Headroom.Oversubscription.Traces;

/// <summary>Puts the machines of a trace that does not name hosts onto hosts: drawn at random with a seed, a fixed number to a host.</summary>
public static class HostGrouping
{
    /// <summary>Machines to a host when nothing else is asked for: 25.</summary>
    public const int DefaultVmsPerHost = 25;

    /// <summary>Groups <paramref name="vms"/>; a last, incomplete host is left out unless it is the only one.</summary>
    public static IReadOnlyList<HostSeries> Group(string prefix, IReadOnlyList<VmSeries> vms, int windows, int vmsPerHost, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vmsPerHost, 1);
        var order = vms.ToArray();
        new Random(seed).Shuffle(order);
        return order.Chunk(vmsPerHost)
            .Where((group, index) => index == 0 || group.Length == vmsPerHost)
            .Select((group, index) => new HostSeries($"{prefix}{index + 1}", group, windows))
            .ToArray();
    }
}
