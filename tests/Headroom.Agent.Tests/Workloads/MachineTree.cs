using System.Text;

namespace Headroom.Agent.Tests.Workloads;

/// <summary>The files of a made-up machine in a temporary folder. A file that is written again keeps its place, so open descriptors see the new content.</summary>
internal sealed class MachineTree : IDisposable
{
    public MachineTree()
    {
        Root = Directory.CreateTempSubdirectory("headroom-machine-").FullName;
        Write("/sys/devices/system/cpu/online", "0-3\n");
        Write("/proc/sys/kernel/task_delayacct", "0\n");
        Link("/proc/1/ns/net", "net:[4026531840]");
    }

    public string Root { get; }

    public static MachineTree WithV2()
    {
        var tree = new MachineTree();
        tree.Write("/proc/1/mountinfo", "35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n");
        tree.Folder("/sys/fs/cgroup");
        return tree;
    }

    public void Write(string path, string content)
    {
        Folder(Path.GetDirectoryName(path)!);
        using var file = new FileStream(Root + path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(content));
        file.SetLength(file.Position);
    }

    public void Folder(string path) => Directory.CreateDirectory(Root + path);

    public void Link(string path, string target)
    {
        Folder(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(Root + path, target);
    }

    public void Delete(string folder) => Directory.Delete(Root + folder, recursive: true);

    /// <summary>A v2 cgroup as the kernel shows it with all controllers on.</summary>
    public void V2Cgroup(string path, long usageMicroseconds = 0, params int[] pids)
    {
        var folder = $"/sys/fs/cgroup{path}";
        Write($"{folder}/cgroup.procs", string.Concat(pids.Select(pid => $"{pid}\n")));
        Write($"{folder}/cpu.stat", $"usage_usec {usageMicroseconds}\nuser_usec {usageMicroseconds / 2}\nsystem_usec {usageMicroseconds - (usageMicroseconds / 2)}\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\nnr_bursts 0\nburst_usec 0\n");
    }

    /// <summary>A process as procfs shows it.</summary>
    public void Process(int pid, string command, int parent = 1, long userTicks = 0, long startTicks = 1000, string commandLine = "", string network = "net:[4026531840]", params (int Tid, long WaitNanoseconds, long Slices, long Voluntary, long Involuntary)[] threads)
    {
        var all = threads.Length == 0 ? [(pid, 0L, 1L, 0L, 0L)] : threads;
        Write($"/proc/{pid}/stat", $"{pid} ({command}) S {parent} {pid} {pid} 0 -1 4194304 120 0 7 0 {userTicks} 5 0 0 20 0 {all.Length} 0 {startTicks} 3133440 405 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
        Write($"/proc/{pid}/statm", "1000 400 100 10 0 300 0\n");
        Write($"/proc/{pid}/cmdline", commandLine.Replace(' ', '\0'));
        Write($"/proc/{pid}/cgroup", "0::/\n");
        Write($"/proc/{pid}/fd/0", "");
        if (!Path.Exists($"{Root}/proc/{pid}/ns/net"))
        {
            Link($"/proc/{pid}/ns/net", network);
        }

        foreach (var (tid, wait, slices, voluntary, involuntary) in all)
        {
            Write($"/proc/{pid}/task/{tid}/schedstat", $"123456 {wait} {slices}\n");
            Write($"/proc/{pid}/task/{tid}/status", $"Name:\t{command}\nState:\tS (sleeping)\nThreads:\t{all.Length}\nvoluntary_ctxt_switches:\t{voluntary}\nnonvoluntary_ctxt_switches:\t{involuntary}\n");
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
