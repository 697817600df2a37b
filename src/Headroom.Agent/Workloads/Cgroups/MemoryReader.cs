using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>
/// Memory of a cgroup from its usage file and <c>memory.stat</c>. v1 and v2 tell the same under other names; v1's <c>total_</c>
/// lines include the cgroups below, as v2 always does.
/// </summary>
internal sealed class MemoryReader(KernelFile usage, KeyedValues stat) : IWorkloadReader
{
    private const int Anon = 0;
    private const int File = 1;
    private const int Shmem = 2;
    private const int InactiveFile = 3;
    private const int Faults = 4;
    private const int MajorFaults = 5;
    private const int AnonRefaults = 6;
    private const int FileRefaults = 7;
    private const int Kernel = 8;
    private const int KernelParts = 9;
    private const int KernelPartCount = 6;
    private const int V1Swap = 8;
    private const int V1Limit = 9;

    /// <summary>What v1 writes when there is no limit: the largest multiple of a page, some 8 EiB; anything near is no limit either.</summary>
    private const ulong NoLimitBytes = 1UL << 62;

    private static readonly string[] V2Keys =
    [
        "anon", "file", "shmem", "inactive_file", "pgfault", "pgmajfault", "workingset_refault_anon", "workingset_refault_file",
        "kernel", "kernel_stack", "pagetables", "percpu", "sock", "vmalloc", "slab",
    ];

    private static readonly string[] V1Keys =
    [
        "total_rss", "total_cache", "total_shmem", "total_inactive_file", "total_pgfault", "total_pgmajfault",
        "total_workingset_refault_anon", "total_workingset_refault_file", "total_swap", "hierarchical_memory_limit",
    ];

    private bool IsV1 { get; init; }

    /// <summary>The readers of a cgroup's memory; adds nothing and returns false when no hierarchy accounts for it.</summary>
    public static bool Add(CgroupLocation location, List<IWorkloadReader> readers)
    {
        if (location.V2("memory.current") is { } current && location.V2("memory.stat") is { } stat)
        {
            readers.Add(new MemoryReader(current, new KeyedValues(stat, V2Keys)));
            AddIfThere(location.V2("memory.swap.current"), file => new SingleValue(file, MemoryMetrics.Swap));
            AddIfThere(location.V2("memory.max"), file => new SingleValue(file, MemoryMetrics.Limit));
            AddIfThere(location.V2("memory.events"), file => new RateFile(
                file, ("high", MemoryMetrics.HighEvents, 1), ("max", MemoryMetrics.MaxEvents, 1), ("oom_kill", MemoryMetrics.OomKills, 1)));
            return true;
        }

        if (location.V1("memory", "memory.usage_in_bytes") is { } usage && location.V1("memory", "memory.stat") is { } v1Stat)
        {
            readers.Add(new MemoryReader(usage, new KeyedValues(v1Stat, V1Keys)) { IsV1 = true });
            AddIfThere(location.V1("memory", "memory.kmem.usage_in_bytes"), file => new SingleValue(file, MemoryMetrics.Kernel));
            AddIfThere(location.V1("memory", "memory.failcnt"), file => new SingleValue(file, MemoryMetrics.MaxEvents, rateScale: 1));
            AddIfThere(location.V1("memory", "memory.oom_control"), file => new RateFile(file, ("oom_kill", MemoryMetrics.OomKills, 1)));
            return true;
        }

        return false;

        void AddIfThere(KernelFile? file, Func<KernelFile, IWorkloadReader> create)
        {
            if (file is not null)
            {
                readers.Add(create(file));
            }
        }
    }

    public void Read(Entity entity)
    {
        if (!usage.TryReadSigned(out var used) || used < 0)
        {
            return;
        }

        entity.Set(MemoryMetrics.Usage, used);
        if (!stat.Read())
        {
            return;
        }

        Set(entity, MemoryMetrics.Rss, Anon);
        Set(entity, MemoryMetrics.File, File);
        Set(entity, MemoryMetrics.Shmem, Shmem);
        SetRate(entity, MemoryMetrics.AnonRefaults, AnonRefaults);
        SetRate(entity, MemoryMetrics.FileRefaults, FileRefaults);
        SetRate(entity, MemoryMetrics.MajorFaults, MajorFaults);
        if (stat.TryGet(Faults, out var faults) && stat.TryGet(MajorFaults, out var major) && faults >= major)
        {
            entity.SetRate(MemoryMetrics.MinorFaults, faults - major);
        }

        if (stat.TryGet(InactiveFile, out var inactive))
        {
            // The two files are read one after the other, so the part may momentarily exceed the whole.
            entity.Set(MemoryMetrics.WorkingSet, Math.Max(0, used - (double)inactive));
        }

        if (IsV1)
        {
            ReadV1(entity);
        }
        else
        {
            ReadKernel(entity);
        }
    }

    public void Dispose()
    {
        usage.Dispose();
        stat.Dispose();
    }

    private void ReadV1(Entity entity)
    {
        Set(entity, MemoryMetrics.Swap, V1Swap);
        if (stat.TryGet(V1Limit, out var limit) && limit < NoLimitBytes)
        {
            entity.Set(MemoryMetrics.Limit, limit);
        }
    }

    /// <summary>Kernels before 5.18 tell the parts of kernel memory and not the sum.</summary>
    private void ReadKernel(Entity entity)
    {
        if (stat.TryGet(Kernel, out var kernel))
        {
            entity.Set(MemoryMetrics.Kernel, kernel);
            return;
        }

        var sum = 0UL;
        var any = false;
        for (var part = KernelParts; part < KernelParts + KernelPartCount; part++)
        {
            any |= stat.TryGet(part, out var bytes);
            sum += stat.TryGet(part, out _) ? bytes : 0;
        }

        if (any)
        {
            entity.Set(MemoryMetrics.Kernel, sum);
        }
    }

    private void Set(Entity entity, int metric, int key)
    {
        if (stat.TryGet(key, out var value))
        {
            entity.Set(metric, value);
        }
    }

    private void SetRate(Entity entity, int metric, int key)
    {
        if (stat.TryGet(key, out var value))
        {
            entity.SetRate(metric, value);
        }
    }
}
