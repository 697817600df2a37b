using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Cgroups;
using Headroom.Agent.Workloads.Discovery;
using Headroom.Agent.Workloads.Network;
using Headroom.Agent.Workloads.Tasks;

namespace Headroom.Agent.Workloads;

/// <summary>What all workloads are measured with.</summary>
/// <param name="Files">The machine's files.</param>
/// <param name="Mounts">Its cgroup hierarchies.</param>
/// <param name="Stacked">Block devices that sums leave out.</param>
/// <param name="Budget">Threads that may be read per tick.</param>
/// <param name="CpuCount">Logical CPUs of the host that are online.</param>
/// <param name="MaxProcesses">Most processes of one workload that are looked at.</param>
internal sealed record WorkloadInstruments(
    KernelFiles Files,
    CgroupMounts Mounts,
    StackedDevices Stacked,
    ThreadBudget Budget,
    int CpuCount,
    int MaxProcesses);

/// <summary>A workload with the readers of its metrics. For every resource one source is chosen: v2, else v1, else the processes.</summary>
internal sealed class MeasuredWorkload : IDisposable
{
    private readonly WorkloadInstruments _instruments;
    private readonly List<IWorkloadReader> _readers = [];

    public MeasuredWorkload(WorkloadInstruments instruments, FoundWorkload found, Entity entity)
    {
        _instruments = instruments;
        Entity = entity;
        Found = found;
        Members = new WorkloadMembers(instruments.Files, instruments.Mounts, instruments.MaxProcesses);
        Members.Update(found);
        AddReaders(found.Identity);
    }

    public Entity Entity { get; }

    /// <summary>What the last discovery found.</summary>
    public FoundWorkload Found { get; private set; }

    public WorkloadMembers Members { get; }

    /// <summary>Whether nothing could be read of it: it has gone, or its cgroup was made anew, which open files do not follow.</summary>
    public bool IsStale { get; private set; }

    /// <summary>CPUs it kept busy in this tick; null when not known.</summary>
    public double? CpuUsage => Entity.HasValues ? Entity.Sample.Values[CpuMetrics.Usage] : null;

    public void Update(FoundWorkload found)
    {
        Found = found;
        Members.Update(found);
    }

    /// <summary>Reads all there is.</summary>
    public void Read()
    {
        Members.Refresh();
        foreach (var reader in _readers)
        {
            reader.Read(Entity);
        }

        IsStale = !Entity.HasValues;
        if (CpuUsage is { } usage)
        {
            Entity.Set(CpuMetrics.Utilization, usage / CapacityCpus());
        }
    }

    public void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        Members.Dispose();
    }

    /// <summary>CPUs it may use: the smallest of quota, cpuset and host.</summary>
    private double CapacityCpus()
    {
        double capacity = _instruments.CpuCount;
        capacity = Math.Min(capacity, Entity.Sample.Values[CpuMetrics.Cpuset] ?? capacity);
        return Math.Min(capacity, Entity.Sample.Values[CpuMetrics.Limit] ?? capacity);
    }

    private void AddReaders(WorkloadIdentity identity)
    {
        var files = _instruments.Files;
        var missing = identity.CgroupPath is { } path
            ? AddCgroupReaders(new CgroupLocation(files, _instruments.Mounts, path))
            : ProcessParts.Cpu | ProcessParts.Memory | ProcessParts.Disk | ProcessParts.Threads;
        _readers.Add(new MemberCounts(files, Members));
        if (missing != ProcessParts.None)
        {
            _readers.Add(new ProcessUsageReader(files, Members, missing));
        }

        var isVirtualMachine = identity.Type == WorkloadType.VirtualMachine;
        _readers.Add(new ThreadReader(files, Members, _instruments.Budget, isVirtualMachine));
        _readers.Add(isVirtualMachine ? new TapReader(files, Members) : new NamespaceReader(files, Members));
    }

    /// <summary>Adds what the cgroup tells and returns what it does not.</summary>
    private ProcessParts AddCgroupReaders(CgroupLocation location)
    {
        var missing = ProcessParts.None;
        missing |= CpuReaders.AddUsage(location, _readers) ? 0 : ProcessParts.Cpu;
        CpuReaders.AddV1Throttling(location, _readers);
        _readers.Add(new CpuSettings(location));
        missing |= MemoryReader.Add(location, _readers) ? 0 : ProcessParts.Memory;
        PressureFile.AddAll(location, _readers);
        if (location.V2("io.stat") is { } io)
        {
            _readers.Add(new IoStatReader(io, _instruments.Stacked));
        }
        else if (BlkioReader.Create(location, _instruments.Stacked) is { } blkio)
        {
            _readers.Add(blkio);
        }
        else
        {
            missing |= ProcessParts.Disk;
        }

        return missing | AddThreadCounts(location);
    }

    private ProcessParts AddThreadCounts(CgroupLocation location)
    {
        if ((location.V2("pids.current") ?? location.V1("pids", "pids.current")) is not { } current)
        {
            return ProcessParts.Threads;
        }

        _readers.Add(new SingleValue(current, WorkloadMetric.Ordinal("container.thread.count")));
        if ((location.V2("pids.max") ?? location.V1("pids", "pids.max")) is { } limit)
        {
            _readers.Add(new SingleValue(limit, WorkloadMetric.Ordinal("container.thread.limit")));
        }

        return ProcessParts.None;
    }
}
