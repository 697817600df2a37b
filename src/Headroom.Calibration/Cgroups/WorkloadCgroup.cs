using System.Diagnostics;
using System.Globalization;

namespace Headroom.Calibration.Cgroups;

/// <summary>One workload's cgroup, in every hierarchy: programs are started inside it, stopped and continued, and all of them end with it.</summary>
public sealed class WorkloadCgroup : IDisposable
{
    private const int SignalStop = 19;
    private const int SignalContinue = 18;
    private const int SignalKill = 9;

    private readonly IReadOnlyList<string> _folders;

    private WorkloadCgroup(string path, IReadOnlyList<string> folders) => (Path, _folders) = (path, folders);

    /// <summary>Path below each hierarchy, as the agent reports it: <c>/headroom-calibrate/NAME</c>.</summary>
    public string Path { get; }

    /// <summary>Makes the group.</summary>
    /// <exception cref="InvalidOperationException">This user may not make cgroups here.</exception>
    public static WorkloadCgroup Create(CgroupTree tree, string parent, string name)
    {
        var folders = tree.Roots.Select(root => System.IO.Path.Combine(root, parent, name)).ToList();
        try
        {
            foreach (var folder in folders)
            {
                Directory.CreateDirectory(folder);
                Delegate(System.IO.Path.GetDirectoryName(folder)!);
            }
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw new InvalidOperationException($"a campaign makes cgroups and so must run as root: {denied.Message}", denied);
        }

        return new WorkloadCgroup($"/{parent}/{name}", folders);
    }

    /// <summary>Starts a shell script inside the group.</summary>
    public Process Start(string script, string folder)
    {
        var enter = string.Concat(_folders.Select(group => $"echo $$ > '{group}/cgroup.procs' || exit 97; "));
        var start = new ProcessStartInfo("/bin/bash", ["-c", enter + script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("/bin/bash could not be started");
    }

    /// <summary>Holds every process of the group, or lets it go on.</summary>
    public void Hold(bool hold) => Signal(hold ? SignalStop : SignalContinue);

    /// <summary>CPU time of everything that ran in the group, in seconds.</summary>
    public double CpuSeconds()
    {
        foreach (var folder in _folders)
        {
            if (File.Exists($"{folder}/cpuacct.usage"))
            {
                return double.Parse(File.ReadAllText($"{folder}/cpuacct.usage"), CultureInfo.InvariantCulture) / 1e9;
            }

            if (File.Exists($"{folder}/cpu.stat") && File.ReadLines($"{folder}/cpu.stat").FirstOrDefault(line => line.StartsWith("usage_usec ", StringComparison.Ordinal)) is { } usage)
            {
                return double.Parse(usage["usage_usec ".Length..], CultureInfo.InvariantCulture) / 1e6;
            }
        }

        return 0;
    }

    /// <summary>Kills what runs in the group and removes it.</summary>
    public void Dispose()
    {
        for (var attempt = 0; attempt < 500 && Processes().Count > 0; attempt++)
        {
            KillAll();
            Thread.Sleep(10);
        }

        foreach (var folder in _folders)
        {
            // The kernel lets go of a group some milliseconds after its last process.
            for (var attempt = 0; attempt < 50 && Directory.Exists(folder); attempt++)
            {
                try
                {
                    Directory.Delete(folder);
                }
                catch (IOException)
                {
                    Thread.Sleep(10);
                }
            }
        }
    }

    private List<int> Processes() =>
        [.. _folders.Take(1).Where(Directory.Exists).SelectMany(folder => File.ReadLines($"{folder}/cgroup.procs")).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    private void Signal(int signal)
    {
        foreach (var process in Processes())
        {
            _ = NativeMethods.Kill(process, signal);
        }
    }

    /// <summary>A v2 group kills even what is just being forked; elsewhere every process is killed until none is left.</summary>
    private void KillAll()
    {
        foreach (var kill in _folders.Select(folder => $"{folder}/cgroup.kill").Where(File.Exists))
        {
            File.WriteAllText(kill, "1");
        }

        Signal(SignalKill);
    }

    /// <summary>In a v2 tree the children count CPU, memory and I/O only when their parent says so.</summary>
    private static void Delegate(string parent)
    {
        var control = System.IO.Path.Combine(parent, "cgroup.subtree_control");
        if (!File.Exists(control))
        {
            return;
        }

        var available = File.ReadAllText(System.IO.Path.Combine(parent, "cgroup.controllers")).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var controller in available.Intersect(["cpu", "memory", "io"]))
        {
            File.WriteAllText(control, $"+{controller}");
        }
    }
}
