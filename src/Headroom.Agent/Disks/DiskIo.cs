using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;
using static Headroom.Agent.Disks.DiskColumns;

namespace Headroom.Agent.Disks;

/// <summary>What the increases of a disk's counters, or of several disks' together, say.</summary>
internal sealed class DiskIo(EntityRegistry entities, EntityKind kind)
{
    private const double SecondsPerMillisecond = 1e-3;

    private readonly int _readBytes = entities.Metric(kind, "system.disk.io.read");
    private readonly int _writeBytes = entities.Metric(kind, "system.disk.io.write");
    private readonly int _discardBytes = entities.Metric(kind, "system.disk.io.discard");
    private readonly int _reads = entities.Metric(kind, "system.disk.operations.read");
    private readonly int _writes = entities.Metric(kind, "system.disk.operations.write");
    private readonly int _discards = entities.Metric(kind, "system.disk.operations.discard");
    private readonly int _flushes = entities.Metric(kind, "system.disk.operations.flush");
    private readonly int _readsMerged = entities.Metric(kind, "system.disk.merged.read");
    private readonly int _writesMerged = entities.Metric(kind, "system.disk.merged.write");
    private readonly int _readLatency = entities.Metric(kind, "system.disk.latency.read");
    private readonly int _writeLatency = entities.Metric(kind, "system.disk.latency.write");
    private readonly int _flushLatency = entities.Metric(kind, "system.disk.latency.flush");
    private readonly int _ioTime = entities.Metric(kind, "system.disk.io_time");
    private readonly int _queueDepth = entities.Metric(kind, "system.disk.queue_depth");
    private readonly int _pending = entities.Metric(kind, "system.disk.pending");
    private readonly int _requestSize = entities.Metric(kind, "system.disk.request_size");

    /// <param name="disks">How many disks the increases are the sum of.</param>
    /// <param name="pending">Operations in flight at the moment of reading.</param>
    public void Set(Entity entity, ReadOnlySpan<double> increases, double seconds, int disks, ulong pending)
    {
        entity.Set(_readBytes, increases[SectorsRead] * BytesPerSector / seconds);
        entity.Set(_writeBytes, increases[SectorsWritten] * BytesPerSector / seconds);
        entity.Set(_discardBytes, increases[SectorsDiscarded] * BytesPerSector / seconds);
        entity.Set(_reads, increases[Reads] / seconds);
        entity.Set(_writes, increases[Writes] / seconds);
        entity.Set(_discards, increases[Discards] / seconds);
        entity.Set(_flushes, increases[Flushes] / seconds);
        entity.Set(_readsMerged, increases[ReadsMerged] / seconds);
        entity.Set(_writesMerged, increases[WritesMerged] / seconds);

        // No operation completed, no latency: 0 / 0 is not a number and stays missing.
        entity.Set(_readLatency, increases[ReadMilliseconds] * SecondsPerMillisecond / increases[Reads]);
        entity.Set(_writeLatency, increases[WriteMilliseconds] * SecondsPerMillisecond / increases[Writes]);
        entity.Set(_flushLatency, increases[FlushMilliseconds] * SecondsPerMillisecond / increases[Flushes]);
        entity.Set(_ioTime, IoTime(increases, seconds, disks));
        entity.Set(_queueDepth, increases[WeightedMilliseconds] * SecondsPerMillisecond / seconds);
        entity.Set(_pending, pending);
        entity.Set(_requestSize, (increases[SectorsRead] + increases[SectorsWritten]) * BytesPerSector / (increases[Reads] + increases[Writes]));
    }

    /// <summary>Share of time with I/O in flight; the kernel adds in ticks of its clock, so the quotient may be above 1 by a little.</summary>
    public static double IoTime(ReadOnlySpan<double> increases, double seconds, int disks) =>
        Math.Min(1, increases[IoMilliseconds] * SecondsPerMillisecond / seconds / disks);
}
