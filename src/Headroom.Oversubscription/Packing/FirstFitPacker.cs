namespace Headroom.Oversubscription.Packing;

/// <summary>The largest machine first, each onto the fullest host that has room for it in every hour: fast, and good enough for thousands.</summary>
public sealed class FirstFitPacker : IPacker
{
    public string Name => "first-fit";

    public PackingPlan Pack(PackingProblem problem, CancellationToken cancellationToken)
    {
        var used = problem.Hosts.Select(host => host.Staying).ToArray();
        var inUse = problem.Hosts.Select(host => !host.IsEmpty).ToArray();
        var places = new int?[problem.Machines.Count];
        var largest = problem.Hosts.Count == 0 ? SlotUse.None : problem.Hosts.MaxBy(host => host.Limit.Cores[0])!.Limit;
        foreach (var (machine, need) in problem.Machines.Select((machine, index) => (index, machine.Need)).OrderByDescending(machine => machine.Need.LargestShareOf(largest)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = Enumerable.Range(0, used.Length)
                .Where(host => (used[host] + need).FitsIn(problem.Hosts[host].Limit))
                .OrderByDescending(host => inUse[host])
                .ThenByDescending(host => (used[host] + need).LargestShareOf(problem.Hosts[host].Limit))
                .Select(host => (int?)host)
                .FirstOrDefault();
            if (place is { } host)
            {
                (used[host], inUse[host], places[machine]) = (used[host] + need, true, host);
            }
        }

        return new PackingPlan(Name, false, places);
    }
}
