namespace Headroom.Telemetry.Catalogue;

/// <summary>What a row of telemetry is about. The numeric values are on the wire and in the store: never renumber.</summary>
public enum EntityKind : byte
{
    /// <summary>A physical or virtual machine that runs an agent.</summary>
    Host = 1,

    /// <summary>One logical CPU of a host.</summary>
    Cpu = 2,

    /// <summary>One NUMA node of a host; a node without CPUs is memory behind CXL or the like.</summary>
    NumaNode = 3,

    /// <summary>One block device of a host.</summary>
    Disk = 4,

    /// <summary>One network interface of a host.</summary>
    NetworkInterface = 5,

    /// <summary>Something a host runs for somebody: a container, a virtual machine, a systemd unit, a named process group.</summary>
    Workload = 6,

    /// <summary>One GPU of a host.</summary>
    Gpu = 7,

    /// <summary>One process on one GPU.</summary>
    GpuProcess = 8,
}
