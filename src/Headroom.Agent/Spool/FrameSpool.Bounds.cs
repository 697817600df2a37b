using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Spool;

/// <content>What is given up when the spool is full or old, and what of it is counted.</content>
internal sealed partial class FrameSpool
{
    private Segment? FirstUndone() => _segments.First?.Value;

    private void KeepBounds()
    {
        if (_isOut)
        {
            // For the length of one request the bounds may be exceeded: what is dropped now could be stored all the same.
            return;
        }

        while (_segments.First is { Value: { IsSealed: true } oldest } && oldest.Age(_clock) > TimeSpan.FromHours(_options.MaxAgeHours))
        {
            DropOldest(DropReason.Age);
        }

        var bytes = _segments.Sum(segment => segment.Bytes);
        while (bytes > _options.MaxBytes && SealedSegments() is { Count: > 0 } candidates)
        {
            try
            {
                _policy.MakeRoom(this, candidates);
            }
            catch (IOException failure)
            {
                // No room even to make room: the simplest way out needs none.
                LogNoRoom(_log, _policy.Name, failure);
                DropOldest(DropReason.Bytes);
            }

            bytes = _segments.Sum(segment => segment.Bytes);
        }
    }

    private List<Segment> SealedSegments() => [.. _segments.Where(segment => segment.IsSealed)];

    public void DropOldest(string reason)
    {
        var segment = _segments.First!.Value;
        var (first, last, count) = Undone(segment);
        if (count > 0)
        {
            Count(segment.Epoch, new DroppedRange(first.Sequence, last.Sequence, first.At, last.At, count, reason));
            LogDropped(_log, count, reason);
        }

        Finish(segment);

        // The count is safe before the frames are gone; Finish moved the cursor in the same save.
        Save(flush: true);
        File.Delete(segment.Path);
    }

    public void Thin(Segment segment)
    {
        var (summary, bytes) = SegmentThinning.Thin(segment, segment.Ordinal == _cursor.Ordinal ? _cursor.Sequence : -1);
        _droppedFrames += summary.ThinnedCount - segment.Summary.ThinnedCount;
        segment.Summary = summary;
        segment.Bytes = bytes;
        segment.IsThinned = true;
        _reading.Reset();
    }

    /// <summary>The reader is through with a segment: it is forgotten, and what was thinned out of it can be told.</summary>
    private void Finish(Segment segment)
    {
        _reading.Reset();
        _segments.Remove(segment);
        _cursor = new SpoolCursor(segment.Ordinal + 1, -1);
        if (segment == _writer?.Segment)
        {
            _writer.Dispose();
            _writer = null;
        }

        var summary = segment.Summary;
        if (summary.ThinnedCount > 0)
        {
            _ledger.Add(segment.Epoch, new DroppedRange(summary.FirstSequence, summary.LastSequence, summary.From, summary.To, summary.ThinnedCount, DropReason.Thinned));
        }
    }

    private (Frame First, Frame Last, long Count) Undone(Segment segment)
    {
        var done = segment.Ordinal == _cursor.Ordinal ? _cursor.Sequence : -1;
        var (first, last, count) = (default(Frame), default(Frame), 0L);
        long seen = 0;
        using (var reader = new SegmentReader(segment.Path))
        {
            while (reader.TryReadTick(out var payload))
            {
                seen++;
                var (sequence, milliseconds) = TickRecord.ReadHead(payload);
                if (sequence > done)
                {
                    last = new Frame(sequence, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), []);
                    first ??= last;
                    count++;
                }
            }
        }

        // Frames behind damage cannot be read any more, but the summary knows of them.
        var hidden = segment.Summary.FrameCount - seen;
        var end = new Frame(segment.Summary.LastSequence, segment.Summary.To, []);
        return (first ?? end, hidden > 0 || last is null ? end : last, count + hidden);
    }

    private void CountDamage(Segment segment)
    {
        var (first, last, count) = Undone(segment);
        LogDamaged(_log, segment.Path, count);
        if (count > 0)
        {
            Count(segment.Epoch, new DroppedRange(first.Sequence, last.Sequence, first.At, last.At, count, DropReason.Corrupt));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} frames were given up ({Reason}) before the server could take them")]
    private static partial void LogDropped(ILogger log, long count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The segment {Path} is damaged; {Count} frames of it are lost and counted")]
    private static partial void LogDamaged(ILogger log, string path, long count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The policy {Policy} could not make room; the oldest frames go instead")]
    private static partial void LogNoRoom(ILogger log, string policy, Exception failure);
}
