using System.Globalization;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Resctrl;

/// <summary>One monitoring group: a folder whose file <c>tasks</c> takes thread ids, and whose <c>mon_data</c> has one folder per cache domain.</summary>
internal sealed class MonitoringGroup : IDisposable
{
    private static readonly int Occupancy = WorkloadMetric.Ordinal("resctrl.llc.occupancy");
    private static readonly int LocalBandwidth = WorkloadMetric.Ordinal("resctrl.memory.bandwidth.local");
    private static readonly int TotalBandwidth = WorkloadMetric.Ordinal("resctrl.memory.bandwidth.total");

    private readonly KernelFiles _files;
    private readonly string _path;
    private readonly string _folder;
    private readonly List<string> _names = [];

    private MonitoringGroup(KernelFiles files, string path, string folder) => (_files, _path, _folder) = (files, path, folder);

    /// <summary>Makes a group; null when there is no monitoring id left or it is not permitted.</summary>
    public static MonitoringGroup? TryMake(KernelFiles files, string root, string folder)
    {
        try
        {
            var path = root.TrimEnd('/') + folder;
            Directory.CreateDirectory(path);
            return new MonitoringGroup(files, path, folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Adds the threads of processes; threads they start later are added by the kernel.</summary>
    public void Follow(IEnumerable<int> pids)
    {
        foreach (var pid in pids)
        {
            _names.Clear();
            _files.System.ListFolders($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/task", _names);
            foreach (var tid in _names)
            {
                try
                {
                    File.AppendAllText($"{_path}/tasks", tid);
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // The thread ended in between.
                }
            }
        }
    }

    /// <summary>Sums the cache domains; a value that the hardware has not ready ("Unavailable") leaves its metric missing.</summary>
    public void Read(Entity entity)
    {
        _names.Clear();
        _files.System.ListFolders($"{_folder}/mon_data", _names);
        if (Sum("llc_occupancy") is { } occupancy)
        {
            entity.Set(Occupancy, occupancy);
        }

        if (Sum("mbm_local_bytes") is { } local)
        {
            entity.SetRate(LocalBandwidth, local);
        }

        if (Sum("mbm_total_bytes") is { } total)
        {
            entity.SetRate(TotalBandwidth, total);
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Somebody else removed it.
        }
    }

    private ulong? Sum(string file)
    {
        ulong sum = 0;
        foreach (var domain in _names)
        {
            if (!_files.TryReadOnce($"{_folder}/mon_data/{domain}/{file}", out var content) || !new Fields(content).TryReadUnsigned(out var value))
            {
                return null;
            }

            sum += value;
        }

        return _names.Count > 0 ? sum : null;
    }
}
