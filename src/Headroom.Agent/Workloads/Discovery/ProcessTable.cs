using System.Globalization;
using System.Text;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Tasks;

namespace Headroom.Agent.Workloads.Discovery;

/// <summary>A process as the last look at <c>/proc</c> saw it.</summary>
internal sealed class KnownProcess(int pid)
{
    public int Pid => pid;

    /// <summary>Its fields; replaced at every look.</summary>
    public ProcessStat Stat { get; set; }

    /// <summary>Path of the program, or the empty word where that may not be read.</summary>
    public string Executable { get; set; } = "";

    /// <summary>Arguments, the program first.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>CPU time used between the last two looks, in 1/100 s.</summary>
    public ulong RecentTicks { get; set; }

    /// <summary>Name of the program for people: that of its file, or the command name.</summary>
    public string Program => Executable.Length > 0 ? Path.GetFileName(Executable) : Stat.Command;

    /// <summary>Number of the look that saw it last.</summary>
    public long SeenAtLook { get; set; }
}

/// <summary>All processes of the host that are no kernel threads.</summary>
internal sealed class ProcessTable(KernelFiles files)
{
    private const int LooksBetweenKernelThreads = 60;
    private const string Deleted = " (deleted)";

    private readonly Dictionary<int, KnownProcess> _processes = [];
    private readonly HashSet<int> _kernelThreads = [];
    private readonly List<string> _names = [];
    private long _look;

    public IReadOnlyDictionary<int, KnownProcess> Processes => _processes;

    /// <summary>Looks at <c>/proc</c>. A process id that was given to another process since is seen as a new process.</summary>
    public void Refresh()
    {
        if (_look++ % LooksBetweenKernelThreads == 0)
        {
            _kernelThreads.Clear();
        }

        _names.Clear();
        files.System.ListFolders("/proc", _names);
        foreach (var name in _names)
        {
            if (char.IsAsciiDigit(name[0]) && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && !_kernelThreads.Contains(pid))
            {
                Look(pid);
            }
        }

        foreach (var (pid, process) in _processes)
        {
            if (process.SeenAtLook != _look)
            {
                _processes.Remove(pid);
            }
        }
    }

    private void Look(int pid)
    {
        _processes.TryGetValue(pid, out var known);
        if (!files.TryReadOnce($"/proc/{pid}/stat", out var content) || !ProcessStat.TryParse(content, known?.Stat.Command, out var stat))
        {
            return;
        }

        if (stat.IsKernelThread)
        {
            // Not read again for a while: they are many, and their ids are not soon given to another.
            _kernelThreads.Add(pid);
            return;
        }

        var isSame = known is not null && known.Stat.StartTicks == stat.StartTicks;
        var process = isSame ? known! : new KnownProcess(pid);
        var used = stat.UserTicks + stat.SystemTicks;
        var usedBefore = isSame ? process.Stat.UserTicks + process.Stat.SystemTicks : used;
        process.RecentTicks = used >= usedBefore ? used - usedBefore : 0;
        if (!isSame || process.Stat.Command != stat.Command)
        {
            Describe(process);
        }

        process.Stat = stat;
        process.SeenAtLook = _look;
        _processes[pid] = process;
    }

    private void Describe(KnownProcess process)
    {
        var executable = files.System.ReadLink($"/proc/{process.Pid}/exe") ?? "";
        process.Executable = executable.EndsWith(Deleted, StringComparison.Ordinal) ? executable[..^Deleted.Length] : executable;
        process.Arguments = files.TryReadOnce($"/proc/{process.Pid}/cmdline", out var arguments)
            ? Encoding.UTF8.GetString(arguments).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : [];
    }
}
