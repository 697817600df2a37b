using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;

namespace Headroom.Jobs.Capacity;

/// <summary>Splits a host's use among its workloads, so that they and the rest of the host sum to it.</summary>
internal static class WorkloadShares
{
    /// <summary>
    /// Where the workloads claim more than the host used (groups of processes may overlap with services, page cache is shared), each
    /// is cut in proportion. Windows before <paramref name="first"/> are left out.
    /// </summary>
    public static ResourcePast Split(Resource resource, double capacity, float?[] host, IReadOnlyList<WorkloadUse> workloads, IReadOnlyList<int> outOfMemory, int first)
    {
        var total = HostUse.Fill(host);
        var claimed = new double[total.Length];
        foreach (var workload in workloads)
        {
            for (var index = 0; index < workload.Used.Length; index++)
            {
                claimed[workload.FirstWindow + index] += workload.Used[index];
            }
        }

        var shares = workloads
            .Where(workload => workload.FirstWindow + workload.Used.Length > first)
            .Select(workload =>
            {
                var skip = Math.Max(0, first - workload.FirstWindow);
                var begin = workload.FirstWindow + skip;
                var used = workload.Used.Skip(skip).Select((value, index) => claimed[begin + index] > total[begin + index] ? (float)(value * total[begin + index] / claimed[begin + index]) : value);
                return workload with { FirstWindow = begin - first, Used = [.. used] };
            });
        var rest = total.Zip(claimed, (whole, part) => (float)Math.Max(0, whole - part)).Skip(first);
        return new ResourcePast(
            resource,
            capacity,
            [.. shares, new WorkloadUse("", WorkloadUse.Rest, null, 0, [.. rest])],
            [.. outOfMemory.Where(window => window >= first).Select(window => window - first)]);
    }
}
