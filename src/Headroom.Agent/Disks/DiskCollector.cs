using System.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Disks;

/// <summary>What every disk does, and the physical ones together: <c>/proc/diskstats</c>. Partitions, loop and RAM devices are left out.</summary>
internal sealed class DiskCollector(CollectorServices services) : ICollector
{
    private readonly KernelFile _file = services.Files.File("/proc/diskstats");
    private readonly Dictionary<byte[], Disk?> _disks = new(Utf8Keys.Comparer);
    private readonly CounterTotals _totals = new(DiskColumns.Count);
    private readonly DiskIo _hostIo = new(services.Entities, EntityKind.Host);
    private readonly DiskIo _diskIo = new(services.Entities, EntityKind.Disk);
    private readonly int _busiest = services.Entities.Metric(EntityKind.Host, "system.disk.utilization.busiest");
    private readonly int _limit = services.Entities.Metric(EntityKind.Disk, "system.disk.limit");
    private int _rows;

    public string Name => "disk";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        Span<ulong> columns = stackalloc ulong[DiskColumns.Count];
        var (pending, busiest) = (0UL, double.NaN);
        _totals.Clear();
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var fields = new Fields(line);
            if (!fields.Skip(2) || !fields.TryReadWord(out var name))
            {
                context.Malformed(_file.Path, "major, minor, name and at least 11 numbers", line);
                continue;
            }

            if (Find(name) is not { } disk)
            {
                continue;
            }

            var width = 0;
            while (width < columns.Length && fields.TryReadUnsigned(out columns[width]))
            {
                width++;
            }

            if (width < DiskColumns.FewestCount)
            {
                context.Malformed(_file.Path, "major, minor, name and at least 11 numbers", line);
                continue;
            }

            disk.LastTick = context.Tick;
            if (!disk.Counters.TryAdvance(columns[..width], context.MonotonicNanoseconds))
            {
                continue;
            }

            Set(disk, columns[DiskColumns.InFlight]);
            if (disk.IsPhysical)
            {
                _totals.Add(disk.Counters);
                pending += columns[DiskColumns.InFlight];
                busiest = double.MaxNumber(busiest, DiskIo.IoTime(disk.Counters.Increases, disk.Counters.Seconds, 1));
            }
        }

        if (_totals.Count > 0)
        {
            _hostIo.Set(context.Host, _totals.Increases, _totals.Seconds, _totals.Count, pending);
            context.Host.Set(_busiest, busiest);
        }

        ForgetRemoved(context.Tick);
    }

    private void Set(Disk disk, ulong pending)
    {
        if (disk.Entity is null)
        {
            return;
        }

        _diskIo.Set(disk.Entity, disk.Counters.Increases, disk.Counters.Seconds, 1, pending);
        disk.Entity.Set(_limit, disk.SizeBytes ?? double.NaN);
    }

    private Disk? Find(ReadOnlySpan<byte> name)
    {
        var lookup = _disks.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(name, out var disk))
        {
            disk = Describe(Encoding.UTF8.GetString(name));
            lookup[name] = disk;
        }

        return disk;
    }

    /// <returns>Null for a partition and for devices that are files or memory in disguise.</returns>
    private Disk? Describe(string name)
    {
        // sysfs writes '!' for the '/' of names such as cciss/c0d0.
        var folder = $"/sys/block/{name.Replace('/', '!')}";
        if (!services.Files.System.Exists(folder) || name.StartsWith("loop", StringComparison.Ordinal) || name.StartsWith("ram", StringComparison.Ordinal))
        {
            return null;
        }

        var isPhysical = services.Files.System.Exists($"{folder}/device");
        var size = services.Files.TryReadOnce($"{folder}/size", out var text) && new Fields(text).TryReadUnsigned(out var sectors)
            ? sectors * DiskColumns.BytesPerSector
            : (double?)null;
        return new Disk(AddEntity(name, folder, isPhysical), isPhysical, size);
    }

    private Entity? AddEntity(string name, string folder, bool isPhysical)
    {
        if (_rows == services.Options.Host.MaxDisks)
        {
            return null;
        }

        _rows++;
        var attributes = new Dictionary<string, string> { ["disk.physical"] = isPhysical ? "true" : "false" };
        if (services.Files.ReadText($"{folder}/device/model") is { Length: > 0 } model)
        {
            attributes["hw.model"] = model;
        }

        if (services.Files.ReadText($"{folder}/queue/rotational") is { } rotational)
        {
            attributes["disk.rotational"] = rotational == "1" ? "true" : "false";
        }

        return services.Entities.GetOrAdd(EntityKind.Disk, name, name, EntityRegistry.HostKey, attributes);
    }

    private void ForgetRemoved(long tick)
    {
        foreach (var (name, disk) in _disks)
        {
            if (disk is null || disk.LastTick == tick)
            {
                continue;
            }

            _disks.Remove(name);
            if (disk.Entity is not null)
            {
                services.Entities.Remove(disk.Entity);
                _rows--;
            }
        }
    }

    private sealed class Disk(Entity? entity, bool isPhysical, double? sizeBytes)
    {
        public Entity? Entity => entity;

        public bool IsPhysical => isPhysical;

        public double? SizeBytes => sizeBytes;

        public CounterRow Counters { get; } = new(DiskColumns.Count);

        public long LastTick { get; set; }
    }
}
