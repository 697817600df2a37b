namespace Headroom.Telemetry.Catalogue;

internal static partial class HostMetrics
{
    private const string Disk = "disk";

    private static IEnumerable<MetricDefinition> Disks() =>
    [
        .. DiskMetrics.Io("the physical disks"),
        Gauge(Disk, "system.disk.utilization.busiest", "1", "/proc/diskstats", "Share of time in which the busiest physical disk had I/O in flight."),
    ];

    private static IEnumerable<MetricDefinition> Filesystems() =>
    [
        Gauge(Disk, "system.filesystem.limit", "By", "statvfs of mounted block devices", "Size of the filesystems on block devices, each device once."),
        Gauge(Disk, "system.filesystem.usage.used", "By", "statvfs of mounted block devices", "Space in use on those filesystems."),
        Gauge(Disk, "system.filesystem.utilization.fullest", "1", "statvfs of mounted block devices", "Share of the fullest filesystem that ordinary users can no longer write to."),
        Gauge(Disk, "system.filesystem.inodes.utilization.fullest", "1", "statvfs of mounted block devices", "Share of inodes in use on the filesystem that has the fewest left."),
    ];
}
