namespace Headroom.Oversubscription.Packing;

/// <summary>Machines to put onto hosts.</summary>
/// <param name="Hosts">The hosts, with what already stays on them.</param>
/// <param name="Machines">What has to be placed.</param>
public sealed record PackingProblem(IReadOnlyList<PackingHost> Hosts, IReadOnlyList<PackingMachine> Machines);

/// <summary>A host; its vectors have one entry per slot of the day and resource.</summary>
/// <param name="HostId">The host.</param>
/// <param name="Name">Its name.</param>
/// <param name="Limit">What may be used in a slot, per resource: cores, GiB.</param>
/// <param name="Staying">What the machines that stay use.</param>
/// <param name="IsEmpty">Whether nothing but the system stays, so that the host could be switched off.</param>
public sealed record PackingHost(int HostId, string Name, SlotUse Limit, SlotUse Staying, bool IsEmpty);

/// <summary>A machine to place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FromHostId">Where it runs now; null for a new one.</param>
/// <param name="Need">What it is expected to use at most in every slot.</param>
public sealed record PackingMachine(string Name, int? FromHostId, SlotUse Need);

/// <summary>Where everything goes.</summary>
/// <param name="Method">How it was found.</param>
/// <param name="IsOptimal">Whether no plan places more machines, or as many on fewer hosts.</param>
/// <param name="Places">Index of the host per machine; null where there is no room for it.</param>
public sealed record PackingPlan(string Method, bool IsOptimal, IReadOnlyList<int?> Places)
{
    /// <summary>Machines without a place.</summary>
    public int Unplaced => Places.Count(place => place is null);

    /// <summary>Hosts that must stay on.</summary>
    public int HostsUsed(PackingProblem problem) => problem.Hosts.Index().Count(host => !host.Item.IsEmpty || Places.Contains(host.Index));
}

/// <summary>A way to place machines.</summary>
public interface IPacker
{
    /// <summary>Name in answers.</summary>
    string Name { get; }

    /// <summary>Places as many machines as it can, on as few hosts as it can.</summary>
    PackingPlan Pack(PackingProblem problem, CancellationToken cancellationToken);
}
