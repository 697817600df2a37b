using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Cgroups;
using Headroom.Agent.Workloads.Discovery;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>
/// The processes of a workload: read at every tick from its cgroups, or as the last discovery found them. Only a bounded number
/// is kept, but all are counted.
/// </summary>
internal sealed class WorkloadMembers(KernelFiles files, CgroupMounts mounts, int limit) : IDisposable
{
    private readonly Dictionary<string, KernelFile?> _lists = [];
    private readonly HashSet<int> _pids = [];
    private bool _hasCgroups;

    /// <summary>The processes, at most as many as the limit.</summary>
    public IReadOnlySet<int> Pids => _pids;

    /// <summary>How many there are; null when that cannot be told.</summary>
    public int? Count { get; private set; }

    /// <summary>Whether there are more than the limit.</summary>
    public bool IsTruncated => Count > _pids.Count;

    /// <summary>Takes over what a discovery found.</summary>
    public void Update(FoundWorkload found)
    {
        _hasCgroups = found.Cgroups.Count > 0;
        if (!_hasCgroups)
        {
            _pids.Clear();
            _pids.UnionWith(found.Pids.Take(limit));
            Count = found.Pids.Count;
            return;
        }

        foreach (var gone in _lists.Keys.Except(found.Cgroups).ToList())
        {
            _lists.Remove(gone, out var file);
            file?.Dispose();
        }

        foreach (var path in found.Cgroups)
        {
            if (!_lists.ContainsKey(path))
            {
                _lists[path] = new CgroupLocation(files, mounts, path).Processes;
            }
        }
    }

    /// <summary>Reads the lists of the cgroups anew.</summary>
    public void Refresh()
    {
        if (!_hasCgroups)
        {
            return;
        }

        _pids.Clear();
        Count = null;
        foreach (var file in _lists.Values)
        {
            if (file is not null && file.TryRead(out var content))
            {
                Count = (Count ?? 0) + Add(content);
            }
        }
    }

    public void Dispose()
    {
        foreach (var file in _lists.Values)
        {
            file?.Dispose();
        }
    }

    private int Add(ReadOnlySpan<byte> content)
    {
        var count = 0;
        var fields = new Fields(content);
        while (fields.TryReadUnsigned(out var pid))
        {
            // 0 stands for a process that this PID namespace cannot name.
            count++;
            if (pid > 0 && _pids.Count < limit)
            {
                _pids.Add((int)pid);
            }
        }

        return count;
    }
}
