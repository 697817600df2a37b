using System.Globalization;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Tasks;

/// <summary>The threads of one process, listed anew every few readings and whenever one has gone.</summary>
internal sealed class TrackedProcess(KernelFiles files, int pid, bool isVirtualMachine, bool readsBlockDelay) : IDisposable
{
    private const int ReadingsBetweenListings = 5;

    /// <summary>QEMU names the threads of virtual CPUs "CPU 0/KVM", "CPU 1/TCG".</summary>
    private static readonly string[] VirtualCpuSuffixes = ["/KVM", "/TCG", "/HVF"];

    private readonly Dictionary<int, TrackedThread> _threads = [];
    private readonly string _folder = $"/proc/{pid}/task";
    private int _readingsUntilListing;
    private long _listing;

    /// <summary>How many threads the last listing saw; 1 before the first.</summary>
    public int ThreadCount => Math.Max(1, _threads.Count);

    /// <summary>How many of them are virtual CPUs.</summary>
    public int VirtualCpuCount { get; private set; }

    /// <summary>Adds the growth of all threads; false when the process has gone.</summary>
    /// <param name="sums">Where it is added.</param>
    /// <param name="names">A list to work with.</param>
    public bool Read(ThreadSums sums, List<string> names)
    {
        if (_readingsUntilListing-- <= 0)
        {
            List(names);
        }

        foreach (var (_, thread) in _threads)
        {
            if (!thread.Read(sums))
            {
                _readingsUntilListing = 0;
            }
        }

        return _threads.Count > 0;
    }

    public void Dispose()
    {
        foreach (var thread in _threads.Values)
        {
            thread.Dispose();
        }
    }

    private void List(List<string> names)
    {
        _listing++;
        _readingsUntilListing = ReadingsBetweenListings - 1;
        names.Clear();
        files.System.ListFolders(_folder, names);
        foreach (var name in names)
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var tid))
            {
                if (!_threads.TryGetValue(tid, out var thread))
                {
                    var isVirtualCpu = isVirtualMachine && IsVirtualCpu(tid);
                    VirtualCpuCount += isVirtualCpu ? 1 : 0;
                    thread = new TrackedThread(files, pid, tid, isVirtualCpu, readsBlockDelay);
                    _threads.Add(tid, thread);
                }

                thread.SeenAtListing = _listing;
            }
        }

        foreach (var (tid, thread) in _threads)
        {
            if (thread.SeenAtListing != _listing)
            {
                thread.Dispose();
                _threads.Remove(tid);
            }
        }
    }

    private bool IsVirtualCpu(int tid) =>
        files.ReadText($"{_folder}/{tid}/comm") is { } name && name.StartsWith("CPU ", StringComparison.Ordinal)
        && VirtualCpuSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));
}
