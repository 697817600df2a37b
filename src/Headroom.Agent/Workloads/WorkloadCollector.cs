using Headroom.Agent.Collecting;

namespace Headroom.Agent.Workloads;

/// <summary>Statistics of every workload: the group <c>vm</c> of the catalogue.</summary>
internal sealed class WorkloadCollector(WorkloadSet set) : ICollector
{
    private int _turn;

    public string Name => "workloads";

    public void Collect(CollectionContext context)
    {
        set.RefreshWhenDue();
        set.Budget.BeginTick();

        // Who comes first is surest to get a share of the thread budget, so everybody is first in turn.
        var workloads = set.Workloads;
        _turn = workloads.Count == 0 ? 0 : (_turn + 1) % workloads.Count;
        Exception? first = null;
        for (var i = 0; i < workloads.Count; i++)
        {
            var workload = workloads[(_turn + i) % workloads.Count];
            try
            {
                workload.Read();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // One workload that cannot be read must not hide the others; the runner counts and logs the failure afterwards.
                first ??= new InvalidOperationException($"workload {workload.Found.Identity.Key}: {failure.Message}", failure);
            }
        }

        if (first is not null)
        {
            throw first;
        }
    }
}
