using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Backtest;

/// <summary>
/// How many machines the fleet would need if the groups of virtual machines were packed by the advice (first fit, largest first). A
/// machine holds what an average host of the fleet promises; a group that needs more than that has a machine of its own.
/// </summary>
internal static class MachinesNeeded
{
    /// <summary>Null with fewer than two hosts, where there is nothing to pack.</summary>
    public static int? For(FleetTrace fleet, int start, double[] advice)
    {
        if (advice.Length < 2)
        {
            return null;
        }

        var size = fleet.Hosts.Average(host => host.Requested[start]);
        var rooms = new List<double>();
        foreach (var need in advice.OrderDescending())
        {
            var place = rooms.FindIndex(room => room >= need);
            if (place < 0)
            {
                rooms.Add(Math.Max(0, size - need));
            }
            else
            {
                rooms[place] -= need;
            }
        }

        return rooms.Count;
    }
}
