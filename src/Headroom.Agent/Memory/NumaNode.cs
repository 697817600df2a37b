using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Memory;

/// <summary>One NUMA node: its <c>meminfo</c>, <c>numastat</c> and <c>vmstat</c>, and the CPUs that belong to it.</summary>
internal sealed class NumaNode
{
    private const double BytesPerKibibyte = 1024;

    private static readonly string[] FirmwareAttributes = ["read_bandwidth", "write_bandwidth", "read_latency"];

    /// <summary>What the share of memory in use is reckoned from: all of it, and what could be had at once.</summary>
    private static readonly string[] UtilizationKeys = ["MemTotal", "MemFree", "FilePages", "SReclaimable"];

    private readonly Entity _entity;
    private readonly KernelFile _memoryFile;
    private readonly KernelFile _allocationFile;
    private readonly KernelFile _pagingFile;
    private readonly KeyedMetrics _memory;
    private readonly KeyedMetrics _events;
    private readonly string[] _cpuKeys;
    private readonly Entity?[] _cpus;
    private readonly int _utilization;
    private readonly int _cpuUtilization;
    private readonly int _cpuSource;
    private readonly int _localRatio;
    private readonly int[] _utilizationPlaces;
    private readonly int _local;
    private readonly int _other;
    private Counter _localPages;
    private Counter _otherPages;

    public NumaNode(CollectorServices services, string folder, string name)
    {
        var entities = services.Entities;
        _memoryFile = services.Files.File($"{folder}/meminfo");
        _allocationFile = services.Files.File($"{folder}/numastat");
        _pagingFile = services.Files.File($"{folder}/vmstat");
        var cpuList = services.Files.ReadText($"{folder}/cpulist") ?? "";
        _cpuKeys = [.. NumberList.Parse(cpuList).Select(number => $"cpu{number}")];
        _cpus = new Entity?[_cpuKeys.Length];
        _entity = entities.GetOrAdd(EntityKind.NumaNode, name, name, EntityRegistry.HostKey, Attributes(services, folder, cpuList));
        _memory = Memory(entities);
        _events = Events(entities);
        _utilization = entities.Metric(EntityKind.NumaNode, "system.memory.utilization");
        _cpuUtilization = entities.Metric(EntityKind.NumaNode, "system.cpu.utilization");
        _cpuSource = entities.Metric(EntityKind.Cpu, "system.cpu.utilization");
        _localRatio = entities.Metric(EntityKind.NumaNode, "system.numa.local_ratio");
        _utilizationPlaces = [.. UtilizationKeys.Select(_memory.Place)];
        _local = _events.Place("local_node");
        _other = _events.Place("other_node");
    }

    public void Collect(CollectionContext context)
    {
        CollectMemory(context);
        _events.Begin();
        Put(context, _allocationFile);
        Put(context, _pagingFile);
        _events.Apply(_entity);
        CollectLocality(context);
        CollectCpus();
    }

    private static Dictionary<string, string> Attributes(CollectorServices services, string folder, string cpuList)
    {
        var attributes = new Dictionary<string, string> { ["numa.cpus"] = cpuList };
        if (services.Files.ReadText($"{folder}/distance") is { } distance)
        {
            attributes["numa.distance"] = distance;
        }

        // What the firmware says of the fastest way from a CPU to this memory (HMAT): MiB/s and nanoseconds.
        foreach (var name in FirmwareAttributes)
        {
            if (services.Files.ReadText($"{folder}/access0/initiators/{name}") is { Length: > 0 } told and not "0")
            {
                attributes[$"numa.{name}"] = told;
            }
        }

        return attributes;
    }

    private static KeyedMetrics Memory(EntityRegistry entities) => new KeyedMetrics(entities, EntityKind.NumaNode)
        .Add("MemTotal", "system.memory.limit", BytesPerKibibyte)
        .Add("MemFree", "system.memory.usage.free", BytesPerKibibyte)
        .Add("MemUsed", "system.memory.usage.used", BytesPerKibibyte)
        .Add("FilePages", "system.memory.usage.cached", BytesPerKibibyte)
        .Add("AnonPages", "system.memory.usage.anonymous", BytesPerKibibyte)
        .Add("Mapped", "system.memory.usage.mapped", BytesPerKibibyte)
        .Add("Shmem", "system.linux.memory.shared", BytesPerKibibyte)
        .Add("Active(anon)", "system.memory.usage.active_anonymous", BytesPerKibibyte)
        .Add("Inactive(anon)", "system.memory.usage.inactive_anonymous", BytesPerKibibyte)
        .Add("Active(file)", "system.memory.usage.active_file", BytesPerKibibyte)
        .Add("Inactive(file)", "system.memory.usage.inactive_file", BytesPerKibibyte)
        .Add("Unevictable", "system.memory.usage.unevictable", BytesPerKibibyte)
        .Add("Dirty", "system.memory.usage.dirty", BytesPerKibibyte)
        .Add("Writeback", "system.memory.usage.writeback", BytesPerKibibyte)
        .Add("SReclaimable", "system.linux.memory.slab.usage.reclaimable", BytesPerKibibyte)
        .Add("SUnreclaim", "system.linux.memory.slab.usage.unreclaimable", BytesPerKibibyte)
        .Add("PageTables", "system.memory.usage.page_tables", BytesPerKibibyte)
        .Add("AnonHugePages", "system.memory.usage.anonymous_huge", BytesPerKibibyte);

    private static KeyedMetrics Events(EntityRegistry entities) => new KeyedMetrics(entities, EntityKind.NumaNode)
        .Add("numa_hit", "system.numa.hit")
        .Add("numa_miss", "system.numa.miss")
        .Add("numa_foreign", "system.numa.foreign")
        .Add("interleave_hit", "system.numa.interleave")
        .Add("local_node", "system.numa.local")
        .Add("other_node", "system.numa.other")
        .Add("pgpromote_success", "system.numa.promoted")
        .AddSum("system.numa.demoted", 1, "pgdemote_kswapd", "pgdemote_direct", "pgdemote_khugepaged", "pgdemote_proactive")
        .AddSum("system.paging.refault", 1, "workingset_refault_anon", "workingset_refault_file");

    private void Put(CollectionContext context, KernelFile file)
    {
        if (file.TryRead(out var content) && !_events.PutLines(content, out var malformed))
        {
            context.Malformed(file.Path, "'name <number>'", malformed);
        }
    }

    private void CollectMemory(CollectionContext context)
    {
        if (!_memoryFile.TryRead(out var content))
        {
            return;
        }

        _memory.Begin();
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            // Node 0 MemTotal:        7563468 kB
            var fields = new Fields(line);
            if (fields.Skip(2) && fields.TryReadWord(out var key) && key[^1] == ':' && fields.TryReadUnsigned(out var value))
            {
                _memory.Put(key[..^1], value);
            }
            else
            {
                context.Malformed(_memoryFile.Path, "'Node N name: <number> kB'", line);
            }
        }

        _memory.Apply(_entity);
        if (_memory[_utilizationPlaces[0]] is > 0 and var total)
        {
            var free = _memory[_utilizationPlaces[1]] + _memory[_utilizationPlaces[2]] + _memory[_utilizationPlaces[3]];
            _entity.Set(_utilization, 1 - (free / total) ?? double.NaN);
        }
    }

    private void CollectLocality(CollectionContext context)
    {
        if (_events[_local] is not { } localCount || _events[_other] is not { } otherCount)
        {
            return;
        }

        var local = _localPages.Increase((ulong)localCount, context.MonotonicNanoseconds);
        var other = _otherPages.Increase((ulong)otherCount, context.MonotonicNanoseconds);
        if (local + other is > 0 and var all)
        {
            _entity.Set(_localRatio, local!.Value / all);
        }
    }

    private void CollectCpus()
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < _cpuKeys.Length; i++)
        {
            _cpus[i] ??= _entity.Registry.Find(EntityKind.Cpu, _cpuKeys[i]);
            if (_cpus[i] is { HasValues: true } cpu && cpu.Sample.Values[_cpuSource] is { } busy)
            {
                (sum, count) = (sum + busy, count + 1);
            }
        }

        if (count > 0)
        {
            _entity.Set(_cpuUtilization, sum / count);
        }
    }
}
