using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Cgroups;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>What a workload's processes are asked for because no cgroup tells it.</summary>
[Flags]
internal enum ProcessParts
{
    None = 0,
    Cpu = 1,
    Memory = 2,
    Disk = 4,
    Threads = 8,
}

/// <summary>
/// CPU time, faults, memory and disk traffic summed over processes, for what has no cgroup of its own. What a process did before
/// it was first seen, or in its last moments, is not counted: a cgroup counts better.
/// </summary>
internal sealed class ProcessUsageReader(KernelFiles files, WorkloadMembers members, ProcessParts parts) : IWorkloadReader
{
    private static readonly int ThreadCount = WorkloadMetric.Ordinal("container.thread.count");

    private readonly Dictionary<int, MemberUsage> _processes = [];
    private readonly ProportionalMemory _memory = new(files, members);
    private ulong _userTicks;
    private ulong _systemTicks;
    private ulong _minorFaults;
    private ulong _majorFaults;
    private ulong _readBytes;
    private ulong _writeBytes;

    public void Read(Entity entity)
    {
        if (members.IsTruncated)
        {
            return;
        }

        Follow();
        long threads = 0, privatePages = 0;
        var hasDisk = false;
        foreach (var (pid, process) in _processes)
        {
            if (!process.TryReadStat(out var stat))
            {
                process.Dispose();
                _processes.Remove(pid);
                continue;
            }

            threads += stat.ThreadCount;
            _userTicks += process.UserTicks.Take(stat.UserTicks);
            _systemTicks += process.SystemTicks.Take(stat.SystemTicks);
            _minorFaults += process.MinorFaults.Take(stat.MinorFaults);
            _majorFaults += process.MajorFaults.Take(stat.MajorFaults);
            privatePages += parts.HasFlag(ProcessParts.Memory) && process.TryReadPrivatePages(out var pages) ? pages : 0;
            if (parts.HasFlag(ProcessParts.Disk) && process.TryReadDisk(out var read, out var written))
            {
                hasDisk = true;
                _readBytes += process.ReadBytes.Take(read);
                _writeBytes += process.WriteBytes.Take(written);
            }
        }

        if (_processes.Count > 0)
        {
            Set(entity, threads, privatePages, hasDisk);
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }
    }

    private void Set(Entity entity, long threads, long privatePages, bool hasDisk)
    {
        if (parts.HasFlag(ProcessParts.Threads))
        {
            entity.Set(ThreadCount, threads);
        }

        if (parts.HasFlag(ProcessParts.Cpu))
        {
            entity.SetRate(CpuMetrics.Usage, _userTicks + _systemTicks, 1 / ProcessStat.TicksPerSecond);
            entity.SetRate(CpuMetrics.User, _userTicks, 1 / ProcessStat.TicksPerSecond);
            entity.SetRate(CpuMetrics.System, _systemTicks, 1 / ProcessStat.TicksPerSecond);
        }

        if (parts.HasFlag(ProcessParts.Memory))
        {
            entity.SetRate(MemoryMetrics.MinorFaults, _minorFaults);
            entity.SetRate(MemoryMetrics.MajorFaults, _majorFaults);
            entity.Set(MemoryMetrics.Rss, (double)privatePages * Environment.SystemPageSize);
            _memory.Read(entity);
        }

        if (hasDisk)
        {
            entity.SetRate(DiskMetrics.ReadBytes, _readBytes);
            entity.SetRate(DiskMetrics.WriteBytes, _writeBytes);
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
                _processes.Add(pid, new MemberUsage(files, pid));
            }
        }
    }
}
