using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>What only threads tell: run-queue wait, context switches, waits of virtual CPUs, sleep for block I/O.</summary>
internal sealed class ThreadReader(KernelFiles files, WorkloadMembers members, ThreadBudget budget, bool isVirtualMachine) : IWorkloadReader
{
    private const double Nanoseconds = 1e-9;

    private static readonly int Wait = WorkloadMetric.Ordinal("container.cpu.run_queue.wait");
    private static readonly int Voluntary = WorkloadMetric.Ordinal("process.context_switches.voluntary");
    private static readonly int Involuntary = WorkloadMetric.Ordinal("process.context_switches.involuntary");
    private static readonly int VirtualCpus = WorkloadMetric.Ordinal("vm.vcpu.count");
    private static readonly int VirtualCpuWait = WorkloadMetric.Ordinal("vm.vcpu.wait");
    private static readonly int WorstVirtualCpuWait = WorkloadMetric.Ordinal("vm.vcpu.wait.max");

    private readonly bool _readsBlockDelay = files.ReadText("/proc/sys/kernel/task_delayacct") == "1";
    private readonly Dictionary<int, TrackedProcess> _processes = [];
    private readonly ThreadSums _sums = new();
    private readonly List<string> _names = [];

    public void Read(Entity entity)
    {
        if (members.IsTruncated)
        {
            Clear();
            return;
        }

        Follow();
        var threads = 0;
        foreach (var (_, process) in _processes)
        {
            threads += process.ThreadCount;
        }

        if (threads == 0 || !budget.TryTake(threads))
        {
            return;
        }

        var virtualCpus = 0;
        foreach (var (pid, process) in _processes)
        {
            if (!process.Read(_sums, _names))
            {
                process.Dispose();
                _processes.Remove(pid);
            }

            virtualCpus += process.VirtualCpuCount;
        }

        _sums.EndReading();
        Set(entity, virtualCpus);
    }

    public void Dispose() => Clear();

    private void Set(Entity entity, int virtualCpus)
    {
        entity.SetRate(Wait, _sums.WaitNanoseconds, Nanoseconds);
        if (_sums.HasSwitches)
        {
            entity.SetRate(Voluntary, _sums.VoluntarySwitches);
            entity.SetRate(Involuntary, _sums.InvoluntarySwitches);
        }

        if (_readsBlockDelay)
        {
            entity.SetRate(Cgroups.DiskMetrics.Wait, _sums.BlockDelayTicks, 1 / ProcessStat.TicksPerSecond);
        }

        if (virtualCpus > 0)
        {
            entity.Set(VirtualCpus, virtualCpus);
            entity.SetRate(VirtualCpuWait, _sums.VirtualCpuWaitNanoseconds, Nanoseconds / virtualCpus);
            entity.SetRate(WorstVirtualCpuWait, _sums.WorstVirtualCpuWaitNanoseconds, Nanoseconds);
        }
    }

    private void Follow()
    {
        foreach (var (pid, process) in _processes)
        {
            if (!members.Pids.Contains(pid))
            {
                process.Dispose();
                _processes.Remove(pid);
            }
        }

        foreach (var pid in members.Pids)
        {
            if (!_processes.ContainsKey(pid))
            {
                _processes.Add(pid, new TrackedProcess(files, pid, isVirtualMachine, _readsBlockDelay));
            }
        }
    }

    private void Clear()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        _processes.Clear();
    }
}
