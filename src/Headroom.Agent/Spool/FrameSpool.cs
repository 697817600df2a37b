using Headroom.Agent.Files;
using Headroom.Agent.Spool.Retention;
using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Spool;

/// <summary>
/// Frames on disk between the moment they are read and the moment the server has them: bounded in bytes and age, in order, each
/// one either handed on or counted as dropped. One writer and one reader at a time; both may be different threads.
/// </summary>
internal sealed partial class FrameSpool : ISpoolSegments, IDisposable
{
    /// <summary>Sequences that are promised to the disk at a time.</summary>
    private const long ReserveAhead = 4096;

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly SpoolOptions _options;
    private readonly IRetentionPolicy _policy;
    private readonly int _catalogueVersion;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SpoolStateFile _stateFile;
    private readonly Guid _bootId;
    private readonly Guid _epoch;
    private readonly DropLedger _ledger;
    private readonly LinkedList<Segment> _segments;
    private readonly SpoolReading _reading = new();
    private SegmentWriter? _writer;
    private SpoolCursor _cursor;
    private long _nextSequence;
    private long _reservedSequence;
    private long _nextOrdinal;
    private long _syncedAt;
    private long _segmentBegunAt;
    private long _droppedFrames;
    private bool _isOut;
    private bool _isDirty;
    private bool _isFailing;

    private FrameSpool(string folder, SpoolOptions options, int catalogueVersion, TimeProvider clock, ILogger log, SpoolStateFile stateFile, Guid bootId)
    {
        _folder = folder;
        _options = options;
        _policy = RetentionTable.Find(options.Policy) ?? throw new ArgumentException($"there is no policy '{options.Policy}'", nameof(options));
        _catalogueVersion = catalogueVersion;
        _clock = clock;
        _log = log;
        _stateFile = stateFile;
        _bootId = bootId;
        var recovery = new SpoolRecovery(folder, stateFile.Saved, bootId, clock, log);
        recovery.Run();
        _epoch = recovery.Epoch;
        _ledger = recovery.Ledger;
        _segments = new LinkedList<Segment>(recovery.Segments);
        _cursor = recovery.Cursor;
        _nextSequence = recovery.NextSequence;
        _reservedSequence = _nextSequence + ReserveAhead;
        _nextOrdinal = Math.Max(_cursor.Ordinal, _segments.Last is { } last ? last.Value.Ordinal + 1 : 0);
        _syncedAt = clock.GetTimestamp();
        Save(flush: true);
    }

    /// <summary>Opens the spool of a folder, or begins one.</summary>
    /// <exception cref="IOException">The folder cannot be used, or another agent uses it.</exception>
    public static FrameSpool Open(string folder, SpoolOptions options, int catalogueVersion, TimeProvider clock, ILogger log, Guid? bootId = null)
    {
        PrivateFolder.Create(folder);
        var stateFile = SpoolStateFile.Open(Path.Combine(folder, "state"));
        try
        {
            return new FrameSpool(folder, options, catalogueVersion, clock, log, stateFile, bootId ?? BootId.Read());
        }
        catch
        {
            stateFile.Dispose();
            throw;
        }
    }

    public SpoolStatus Status
    {
        get
        {
            lock (_gate)
            {
                var done = _segments.First is { } first && first.Value.Ordinal == _cursor.Ordinal && _cursor.Sequence >= first.Value.Summary.FirstSequence
                    ? _cursor.Sequence - first.Value.Summary.FirstSequence + 1
                    : 0;
                return new SpoolStatus(_segments.Sum(segment => segment.Bytes), Math.Max(0, _segments.Sum(segment => segment.Summary.FrameCount) - done), _nextSequence, _droppedFrames);
            }
        }
    }

    /// <summary>Keeps a tick and returns the sequence it got. What the disk refuses is counted, not thrown.</summary>
    public long Append(DateTimeOffset at, IReadOnlyList<EntitySample> samples, IReadOnlyList<EntityDescriptor> entities)
    {
        lock (_gate)
        {
            var sequence = _nextSequence++;
            if (_nextSequence >= _reservedSequence)
            {
                _reservedSequence = _nextSequence + ReserveAhead;
                Save(flush: true);
            }

            try
            {
                Writer().Append(sequence, at, samples, entities);
                _isDirty = true;
                _writer!.Segment.SeenAt = _clock.GetTimestamp();
                RollWhenFull();
                Recovered();
            }
            catch (IOException failure)
            {
                Refused(sequence, at, failure);
            }

            KeepBounds();
            return sequence;
        }
    }

    /// <summary>
    /// Reads the oldest frames that are not done with, or gives null when there are none. Until <see cref="Acknowledge"/> or
    /// <see cref="Release"/> they are out: no policy touches them, and nothing more can be read.
    /// </summary>
    public SpoolBatch? Read(int maxFrames, int maxBytes)
    {
        lock (_gate)
        {
            if (_isOut)
            {
                throw new InvalidOperationException("a batch is out: acknowledge or release it first");
            }

            while (FirstUndone() is { } segment)
            {
                var batch = _reading.Read(segment, _cursor, maxFrames, maxBytes, _ledger);
                if (batch is not null)
                {
                    _isOut = true;
                    return batch;
                }

                if (_reading.FoundDamage)
                {
                    CountDamage(segment);
                }
                else if (!segment.IsSealed)
                {
                    break;
                }

                Finish(segment);
                Save(flush: false);
                File.Delete(segment.Path);
            }

            if (SpoolReading.OnlyDrops(_cursor, _ledger, _catalogueVersion) is { } drops)
            {
                _isOut = true;
                return drops;
            }

            return null;
        }
    }

    /// <summary>The server has the batch up to and including this sequence, and all of its drops: they may be forgotten.</summary>
    public void Acknowledge(SpoolBatch batch, long sequence)
    {
        lock (_gate)
        {
            _isOut = false;
            _ledger.Remove(batch.Drops);
            if (batch.Frames.Count > 0 && batch.Ordinal == _cursor.Ordinal)
            {
                _cursor = _cursor with { Sequence = Math.Max(_cursor.Sequence, Math.Min(sequence, batch.Frames[^1].Sequence)) };
            }

            // A server that knows more sequences of this epoch than this spool remembers giving: go on after them.
            if (batch.Epoch == _epoch && sequence >= _nextSequence)
            {
                LogBehind(_log, _nextSequence, sequence);
                _nextSequence = sequence + 1;
                _reservedSequence = _nextSequence + ReserveAhead;
            }

            Save(flush: false);
        }
    }

    /// <summary>The batch did not get through; it is read again by the next <see cref="Read"/>.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isOut = false;
            _reading.Reset();
        }
    }

    /// <summary>Counts frames of a batch that the server will never take; acknowledge the batch afterwards.</summary>
    public void CountRefused(SpoolBatch batch)
    {
        lock (_gate)
        {
            var (first, last) = (batch.Frames[0], batch.Frames[^1]);
            Count(batch.Epoch, new DroppedRange(first.Sequence, last.Sequence, first.At, last.At, batch.Frames.Count, DropReason.Refused));
        }
    }

    /// <summary>Flushes to the disk when the time has come.</summary>
    public void SyncWhenDue()
    {
        lock (_gate)
        {
            if (_isDirty && _clock.GetElapsedTime(_syncedAt) >= TimeSpan.FromSeconds(_options.SyncSeconds))
            {
                Sync();
            }
        }
    }

    /// <summary>Flushes everything, so that the next agent goes on without a hole.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                Seal();
            }
            catch (IOException failure)
            {
                LogNotFlushed(_log, failure);
            }

            _reservedSequence = _nextSequence;
            Save(flush: true);
            _reading.Dispose();
            _stateFile.Dispose();
        }
    }

    private SegmentWriter Writer()
    {
        if (_writer is null)
        {
            var segment = new Segment
            {
                Ordinal = _nextOrdinal,
                Path = Segment.PathOf(_folder, _nextOrdinal),
                Epoch = _epoch,
                CatalogueVersion = _catalogueVersion,
                Summary = SegmentSummary.Empty,
                Bytes = 0,
                AgeWhenSeen = TimeSpan.Zero,
                SeenAt = _clock.GetTimestamp(),
            };
            _writer = SegmentWriter.Create(segment);
            _segments.AddLast(segment);
            _nextOrdinal++;
            _segmentBegunAt = _clock.GetTimestamp();
        }

        return _writer;
    }

    private void RollWhenFull()
    {
        if (_writer!.Segment.Bytes >= _options.SegmentBytes || _clock.GetElapsedTime(_segmentBegunAt) >= TimeSpan.FromMinutes(_options.SegmentMinutes))
        {
            Seal();
        }
        else if (_options.SyncSeconds == 0)
        {
            Sync();
        }
    }

    private void Seal()
    {
        if (_writer is not { } writer)
        {
            return;
        }

        _writer = null;
        writer.Segment.IsSealed = true;
        _isDirty = false;
        using (writer)
        {
            writer.Seal();
        }
    }

    private void Sync()
    {
        _syncedAt = _clock.GetTimestamp();
        _isDirty = false;
        try
        {
            _writer?.Flush();
        }
        catch (IOException failure)
        {
            LogNotFlushed(_log, failure);
        }
    }

    private void Save(bool flush)
    {
        try
        {
            _stateFile.Save(new SpoolState(_epoch, _bootId, _reservedSequence, _cursor, _ledger.Drops), flush);
        }
        catch (IOException failure)
        {
            LogNotFlushed(_log, failure);
        }
    }

    private void Refused(long sequence, DateTimeOffset at, IOException failure)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            LogRefused(_log, failure);
        }

        Count(_epoch, new DroppedRange(sequence, sequence, at, at, 1, DiskErrors.IsFull(failure) ? DropReason.DiskFull : DropReason.WriteFailed));
        Save(flush: false);
    }

    private void Recovered()
    {
        if (_isFailing)
        {
            _isFailing = false;
            LogRecovered(_log);
        }
    }

    private void Count(Guid epoch, DroppedRange range)
    {
        _droppedFrames += range.FrameCount;
        _ledger.Add(epoch, range);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The disk does not take frames; they are dropped and counted until it does")]
    private static partial void LogRefused(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The disk takes frames again")]
    private static partial void LogRecovered(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The spool could not be flushed to the disk")]
    private static partial void LogNotFlushed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server knows sequences up to {Acknowledged} of this spool, which stood at {Next}; it goes on after them")]
    private static partial void LogBehind(ILogger log, long next, long acknowledged);
}
