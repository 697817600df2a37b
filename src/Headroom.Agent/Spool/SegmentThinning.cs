using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Agent.Spool;

/// <summary>Rewrites a sealed segment with one frame of every ten seconds. The new file takes the old one's place in one step.</summary>
internal static class SegmentThinning
{
    private const long WindowMilliseconds = 10_000;

    /// <summary>Thins a segment; the summary counts what went. Frames up to <paramref name="done"/> go uncounted: the server has them.</summary>
    /// <exception cref="IOException">The disk refused; the segment is as it was.</exception>
    public static (SegmentSummary Summary, long Bytes) Thin(Segment segment, long done)
    {
        var temporary = segment.Path + ".tmp";
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                var result = Rewrite(segment, done, file);
                RandomAccess.FlushToDisk(file);
                File.Move(temporary, segment.Path, overwrite: true);
                return result;
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static (SegmentSummary Summary, long Bytes) Rewrite(Segment segment, long done, SafeFileHandle file)
    {
        using var reader = new SegmentReader(segment.Path);
        var entities = new Dictionary<int, EntityDescriptor>();
        var written = new Dictionary<int, EntityDescriptor>();
        var record = new WireWriter();
        var summary = segment.Summary with { FrameCount = 0 };
        long? window = null;
        long seen = 0;
        var offset = Put(file, SegmentFormat.Header(segment.Epoch, segment.CatalogueVersion), 0);
        while (reader.TryReadTick(out var payload))
        {
            var frame = TickRecord.Read(payload, entities);
            seen++;
            if (frame.Sequence <= done)
            {
                continue;
            }

            var frameWindow = frame.At.ToUnixTimeMilliseconds() / WindowMilliseconds;
            if (window == frameWindow)
            {
                summary = summary with { ThinnedCount = summary.ThinnedCount + 1 };
                continue;
            }

            window = frameWindow;
            var added = entities.Values.Where(entity => !ReferenceEquals(written.GetValueOrDefault(entity.LocalId), entity)).ToArray();
            foreach (var entity in added)
            {
                written[entity.LocalId] = entity;
            }

            TickRecord.Write(record, frame.Sequence, frame.At, added, frame.Samples);
            offset = Put(file, record.Written, offset);
            summary = summary with { FrameCount = summary.FrameCount + 1 };
        }

        // What damage hides is gone with what was thinned.
        summary = summary with { ThinnedCount = summary.ThinnedCount + segment.Summary.FrameCount - seen };
        SegmentFormat.WriteSummary(record, summary);
        return (summary, Put(file, record.Written, offset));
    }

    private static long Put(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        RandomAccess.Write(file, bytes, offset);
        return offset + bytes.Length;
    }
}
