namespace Headroom.Agent.Disks;

/// <summary>Columns of a line of <c>/proc/diskstats</c> after major, minor and name (kernel: Documentation/admin-guide/iostats.rst).</summary>
internal static class DiskColumns
{
    public const int Reads = 0;
    public const int ReadsMerged = 1;
    public const int SectorsRead = 2;
    public const int ReadMilliseconds = 3;
    public const int Writes = 4;
    public const int WritesMerged = 5;
    public const int SectorsWritten = 6;
    public const int WriteMilliseconds = 7;

    /// <summary>A level, not a counter.</summary>
    public const int InFlight = 8;
    public const int IoMilliseconds = 9;
    public const int WeightedMilliseconds = 10;
    public const int Discards = 11;
    public const int SectorsDiscarded = 13;
    public const int Flushes = 15;
    public const int FlushMilliseconds = 16;
    public const int Count = 17;

    /// <summary>Columns that kernels before 4.18 had already; the others may be absent.</summary>
    public const int FewestCount = 11;

    /// <summary>Whatever the device's own sector is, the kernel counts in 512 bytes.</summary>
    public const double BytesPerSector = 512;
}
