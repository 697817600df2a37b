using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Kernel;

/// <summary>Uptime, open files and inodes.</summary>
internal sealed class LimitsCollector(CollectorServices services) : ICollector
{
    private readonly KernelFile _uptimeFile = services.Files.File("/proc/uptime");
    private readonly KernelFile _handlesFile = services.Files.File("/proc/sys/fs/file-nr");
    private readonly KernelFile _inodesFile = services.Files.File("/proc/sys/fs/inode-nr");
    private readonly int _uptime = services.Entities.Metric(EntityKind.Host, "system.uptime");
    private readonly int _handles = services.Entities.Metric(EntityKind.Host, "system.filehandle.count");
    private readonly int _handleUtilization = services.Entities.Metric(EntityKind.Host, "system.filehandle.utilization");
    private readonly int _inodes = services.Entities.Metric(EntityKind.Host, "system.inode.count");

    public string Name => "limits";

    public void Collect(CollectionContext context)
    {
        if (_uptimeFile.TryRead(out var content))
        {
            CollectUptime(context, content);
        }

        if (_handlesFile.TryRead(out content))
        {
            CollectHandles(context, content);
        }

        if (_inodesFile.TryReadSigned(out var inodes) && inodes >= 0)
        {
            context.Host.Set(_inodes, inodes);
        }
    }

    private void CollectUptime(CollectionContext context, ReadOnlySpan<byte> content)
    {
        if (new Fields(content).TryReadNumber(out var seconds))
        {
            context.Host.Set(_uptime, seconds);
        }
        else
        {
            context.Malformed(_uptimeFile.Path, "seconds", content);
        }
    }

    private void CollectHandles(CollectionContext context, ReadOnlySpan<byte> content)
    {
        var fields = new Fields(content);
        if (fields.TryReadUnsigned(out var allocated) && fields.TryReadUnsigned(out var unused) && fields.TryReadUnsigned(out var limit))
        {
            context.Host.Set(_handles, allocated - Math.Min(unused, allocated));
            context.Host.Set(_handleUtilization, (allocated - Math.Min(unused, allocated)) / (double)limit);
        }
        else
        {
            context.Malformed(_handlesFile.Path, "allocated, unused and most handles", content);
        }
    }
}
