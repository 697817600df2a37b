using System.Globalization;

namespace Headroom.Cli.Commands.Bench.Platform;

/// <summary>What a program and everything it started cost, by <c>/proc</c>.</summary>
internal static class ProcessTree
{
    /// <summary>USER_HZ, 100 on every Linux architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Fields of <c>/proc/PID/stat</c> after the command: user and system time, its own and that of children it waited for.</summary>
    private static readonly int[] TimeFields = [11, 12, 13, 14];

    /// <summary>CPU time of the program and its descendants, those that ended and were waited for included.</summary>
    public static double CpuSeconds(int root) => Members(root).Sum(process => process.CpuTicks) / TicksPerSecond;

    /// <summary>The most memory that each of them occupied so far, summed, in MiB; pages shared between them count once per process.</summary>
    public static double PeakResidentMebibytes(int root) => Members(root).Sum(process => PeakResidentKibibytes(process.Pid)) / 1024.0;

    /// <summary>The process that started one, or null when that is gone.</summary>
    public static int? ParentOf(int pid) => Read(pid)?.Parent;

    public static int Count(int root) => Members(root).Count;

    private static List<(int Pid, int Parent, double CpuTicks)> Members(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? Read(pid) : null)
            .OfType<(int Pid, int Parent, double CpuTicks)>()
            .ToList();
        var members = all.Where(process => process.Pid == root).ToList();
        for (var i = 0; i < members.Count; i++)
        {
            members.AddRange(all.Where(process => process.Parent == members[i].Pid));
        }

        return members;
    }

    private static (int Pid, int Parent, double CpuTicks)? Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");

            // The command in brackets may hold spaces; the fields that follow it do not.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = TimeFields.Sum(field => double.Parse(fields[field], CultureInfo.InvariantCulture));
            return (pid, int.Parse(fields[1], CultureInfo.InvariantCulture), ticks);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double PeakResidentKibibytes(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
