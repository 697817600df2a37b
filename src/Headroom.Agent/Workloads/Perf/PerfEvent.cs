namespace Headroom.Agent.Workloads.Perf;

/// <summary>One countable event.</summary>
/// <param name="Name">Name of its metric, or of the raw event where a metric is made of several.</param>
/// <param name="Type">PMU type: 0 hardware, 1 software, 3 cache, or that of a device in sysfs.</param>
/// <param name="Config">Which event of that PMU.</param>
/// <param name="Scale">Factor from counts to the metric's unit, or to slots for the older Top-Down events.</param>
internal sealed record PerfEvent(string Name, uint Type, ulong Config, double Scale = 1)
{
    public const uint HardwareType = 0;
    public const uint SoftwareType = 1;
    public const uint CacheType = 3;

    /// <summary>Further configuration words of events from sysfs.</summary>
    public ulong Config1 { get; init; }

    public ulong Config2 { get; init; }

    /// <summary>A general cache event: cache id, operation (0 read, 1 write), result (0 access, 1 miss).</summary>
    public static PerfEvent Cache(string name, ulong cache, ulong operation, ulong result) =>
        new(name, CacheType, cache | (operation << 8) | (result << 16));

    public PerfEventAttribute Attribute(ulong readFormat, ulong flags) => new()
    {
        Type = Type,
        Size = PerfEventAttribute.StructSize,
        Config = Config,
        Config1 = Config1,
        Config2 = Config2,
        ReadFormat = readFormat,
        Flags = flags,
    };
}

/// <summary>Events that are counted at the same time, so that ratios between them are right. The PMU has few counters; groups take turns on it.</summary>
/// <param name="Name">For logs.</param>
/// <param name="IsEssential">Whether it is opened before others when descriptors are short.</param>
/// <param name="Events">The first leads the group.</param>
internal sealed record PerfEventGroup(string Name, bool IsEssential, IReadOnlyList<PerfEvent> Events);
