using System.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Disks;

/// <summary>How full the filesystems on block devices are. Network filesystems are not asked: one whose server is away would hang the agent.</summary>
internal sealed class FilesystemCollector(CollectorServices services) : ICollector
{
    private readonly Cadence _cadence = new(services.Options.Host.SlowSourceSeconds);
    private readonly int _limit = services.Entities.Metric(EntityKind.Host, "system.filesystem.limit");
    private readonly int _used = services.Entities.Metric(EntityKind.Host, "system.filesystem.usage.used");
    private readonly int _fullest = services.Entities.Metric(EntityKind.Host, "system.filesystem.utilization.fullest");
    private readonly int _fullestInodes = services.Entities.Metric(EntityKind.Host, "system.filesystem.inodes.utilization.fullest");
    private readonly string _root = services.Options.Root.TrimEnd('/');
    private (double Size, double Used, double Fullest, double FullestInodes) _last = (double.NaN, double.NaN, double.NaN, double.NaN);

    public string Name => "filesystem";

    public void Collect(CollectionContext context)
    {
        if (_cadence.IsDue(context))
        {
            _last = Read();
        }

        context.Host.Set(_limit, _last.Size);
        context.Host.Set(_used, _last.Used);
        context.Host.Set(_fullest, _last.Fullest);
        context.Host.Set(_fullestInodes, _last.FullestInodes);
    }

    private (double Size, double Used, double Fullest, double FullestInodes) Read()
    {
        var (size, used, fullest, inodes, count) = (0.0, 0.0, double.NaN, double.NaN, 0);
        foreach (var folder in MountedBlockDevices())
        {
            if (FilesystemSpace.Read(_root + folder) is not { } space)
            {
                continue;
            }

            (size, used, count) = (size + space.SizeBytes, used + space.UsedBytes, count + 1);
            (fullest, inodes) = (double.MaxNumber(fullest, space.Utilization), double.MaxNumber(inodes, space.InodeUtilization));
        }

        return count == 0 ? (double.NaN, double.NaN, double.NaN, double.NaN) : (size, used, fullest, inodes);
    }

    /// <summary>One mount point per device: a device mounted twice is one filesystem.</summary>
    private List<string> MountedBlockDevices()
    {
        var folders = new List<string>();
        if (!services.Files.TryReadOnce("/proc/1/mounts", out var content) && !services.Files.TryReadOnce("/proc/mounts", out content))
        {
            return folders;
        }

        var seen = new HashSet<byte[]>(Utf8Keys.Comparer).GetAlternateLookup<ReadOnlySpan<byte>>();
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var fields = new Fields(line);
            if (fields.TryReadWord(out var device) && device.StartsWith("/dev/"u8) && !device.StartsWith("/dev/loop"u8)
                && seen.Add(device) && fields.TryReadWord(out var folder))
            {
                // The kernel writes a space in a path as \040.
                folders.Add(Encoding.UTF8.GetString(folder).Replace(@"\040", " ", StringComparison.Ordinal));
            }
        }

        return folders;
    }
}
