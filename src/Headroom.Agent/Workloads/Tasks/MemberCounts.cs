using System.Collections;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>Counts of processes, and of their open descriptors. Counting descriptors costs, so it is done every few ticks and holds in between.</summary>
internal sealed class MemberCounts(KernelFiles files, WorkloadMembers members) : IWorkloadReader
{
    private const int TicksBetweenCounts = 10;
    private const int MostProcesses = 64;

    private static readonly int ProcessCount = WorkloadMetric.Ordinal("container.process.count");
    private static readonly int DescriptorCount = WorkloadMetric.Ordinal("process.unix.file_descriptor.count");

    private readonly NameCount _entries = new();
    private int _ticksUntilCount;
    private int? _descriptors;

    public void Read(Entity entity)
    {
        if (members.Count is { } count)
        {
            entity.Set(ProcessCount, count);
        }

        if (_ticksUntilCount-- <= 0)
        {
            _ticksUntilCount = TicksBetweenCounts - 1;
            _descriptors = members.Pids.Count is > 0 and <= MostProcesses && !members.IsTruncated ? CountDescriptors() : null;
        }

        if (_descriptors is { } descriptors)
        {
            entity.Set(DescriptorCount, descriptors);
        }
    }

    public void Dispose()
    {
    }

    private int? CountDescriptors()
    {
        _entries.Clear();
        foreach (var pid in members.Pids)
        {
            files.System.List($"/proc/{pid}/fd", _entries);
        }

        // A running process has none only where they may not be read.
        return _entries.Count > 0 ? _entries.Count : null;
    }

    /// <summary>Counts what is added to it and keeps nothing.</summary>
    private sealed class NameCount : ICollection<string>
    {
        public int Count { get; private set; }

        public bool IsReadOnly => false;

        public void Add(string item) => Count++;

        public void Clear() => Count = 0;

        public bool Contains(string item) => false;

        public void CopyTo(string[] array, int arrayIndex)
        {
        }

        public bool Remove(string item) => false;

        public IEnumerator<string> GetEnumerator() => Enumerable.Empty<string>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
