using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>
/// v1 <c>blkio</c>: files of lines "8:0 Read 4096", summed over devices. Which files there are depends on the I/O scheduler:
/// the throttling layer counts always, BFQ and the old CFQ also keep times, from which the latency comes.
/// </summary>
internal sealed class BlkioReader : IWorkloadReader
{
    private readonly KernelFile _bytes;
    private readonly KernelFile? _operations;
    private readonly KernelFile? _serviceTime;
    private readonly KernelFile? _waitTime;
    private readonly StackedDevices _stacked;
    private (ulong Nanoseconds, ulong Operations)? _before;

    private BlkioReader(KernelFile bytes, CgroupLocation location, StackedDevices stacked)
    {
        _bytes = bytes;
        _stacked = stacked;
        _operations = location.FirstV1("blkio", "blkio.throttle.io_serviced_recursive", "blkio.throttle.io_serviced");
        _serviceTime = location.FirstV1("blkio", "blkio.bfq.io_service_time_recursive", "blkio.io_service_time_recursive");
        _waitTime = location.FirstV1("blkio", "blkio.bfq.io_wait_time_recursive", "blkio.io_wait_time_recursive");
    }

    /// <summary>The reader of a cgroup, or null when it is not in the blkio hierarchy.</summary>
    public static BlkioReader? Create(CgroupLocation location, StackedDevices stacked) =>
        location.FirstV1("blkio", "blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_service_bytes") is { } bytes
            ? new BlkioReader(bytes, location, stacked)
            : null;

    public void Read(Entity entity)
    {
        if (TrySum(_bytes, out var readBytes, out var writeBytes))
        {
            entity.SetRate(DiskMetrics.ReadBytes, readBytes);
            entity.SetRate(DiskMetrics.WriteBytes, writeBytes);
        }

        if (!TrySum(_operations, out var reads, out var writes))
        {
            return;
        }

        entity.SetRate(DiskMetrics.ReadOperations, reads);
        entity.SetRate(DiskMetrics.WriteOperations, writes);
        if (TrySum(_serviceTime, out var readService, out var writeService) && TrySum(_waitTime, out var readWait, out var writeWait))
        {
            SetLatency(entity, readService + writeService + readWait + writeWait, reads + writes);
        }
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _operations?.Dispose();
        _serviceTime?.Dispose();
        _waitTime?.Dispose();
    }

    private void SetLatency(Entity entity, ulong nanoseconds, ulong operations)
    {
        if (_before is { } before && nanoseconds >= before.Nanoseconds && operations > before.Operations)
        {
            entity.Set(DiskMetrics.Latency, (nanoseconds - before.Nanoseconds) * 1e-9 / (operations - before.Operations));
        }

        _before = (nanoseconds, operations);
    }

    private bool TrySum(KernelFile? file, out ulong reads, out ulong writes)
    {
        reads = writes = 0;
        if (file is null || !file.TryRead(out var content))
        {
            return false;
        }

        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            // The last line, "Total 123", has no device.
            var fields = new Fields(line);
            if (fields.TryReadWord(out var device) && !_stacked.Excludes(device)
                && fields.TryReadWord(out var direction) && fields.TryReadUnsigned(out var value))
            {
                reads += direction.SequenceEqual("Read"u8) ? value : 0;
                writes += direction.SequenceEqual("Write"u8) ? value : 0;
            }
        }

        return true;
    }
}
