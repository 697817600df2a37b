using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Spool;

/// <summary>
/// Finds out what an earlier agent left, however it died: segments are cut after their last whole record, what is known to be
/// lost is counted, and the next sequence is one that was never given.
/// </summary>
internal sealed partial class SpoolRecovery(string folder, SpoolState? saved, Guid bootId, TimeProvider clock, ILogger log)
{
    private readonly DateTimeOffset _now = clock.GetUtcNow();

    public List<Segment> Segments { get; } = [];

    public DropLedger Ledger { get; } = new(saved?.Drops ?? []);

    public SpoolCursor Cursor { get; } = saved?.Cursor ?? SpoolCursor.Start;

    /// <summary>Drawn anew when the spool starts from nothing, and when its state is lost: older segments keep theirs.</summary>
    public Guid Epoch { get; } = saved?.Epoch ?? Guid.NewGuid();

    public long NextSequence { get; private set; }

    /// <exception cref="IOException">The folder cannot be read or mended.</exception>
    public void Run()
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, "*.tmp"))
        {
            File.Delete(leftover);
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*.seg").Order(StringComparer.Ordinal))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(path), out var ordinal))
            {
                Load(path, ordinal);
            }
        }

        NextSequence = saved is null ? 0 : Math.Max(NextSequence, AfterKnown(saved));
    }

    private void Load(string path, long ordinal)
    {
        if (ordinal < Cursor.Ordinal)
        {
            File.Delete(path);
            return;
        }

        using var reader = new SegmentReader(path);
        if (reader.ReadHeader() is not { } header)
        {
            // Torn while it was begun: it holds no frame. Anything longer is kept under another name for a person to look at.
            if (reader.Length > SegmentFormat.HeaderBytes)
            {
                File.Move(path, path + ".unreadable", overwrite: true);
                LogUnreadable(log, path);
            }
            else
            {
                File.Delete(path);
            }

            return;
        }

        var summary = reader.ReadSealedSummary();
        var isSealed = summary is not null;
        var bytes = reader.Length;
        var isTorn = false;
        if (summary is null)
        {
            (summary, isTorn) = Scan(reader);
            bytes = reader.Position;
        }

        var segment = new Segment
        {
            Ordinal = ordinal,
            Path = path,
            Epoch = header.Epoch,
            CatalogueVersion = header.CatalogueVersion,
            Summary = summary.Value,
            Bytes = bytes,
            AgeWhenSeen = summary.Value.FrameCount > 0 && _now > summary.Value.To ? _now - summary.Value.To : TimeSpan.Zero,
            SeenAt = clock.GetTimestamp(),
            IsThinned = summary.Value.ThinnedCount > 0,
            IsSealed = true,
        };
        CountOn(segment, isTorn);
        if (segment.Summary.FrameCount + segment.Summary.ThinnedCount == 0)
        {
            File.Delete(path);
            return;
        }

        if (!isSealed)
        {
            Seal(segment);
        }

        Segments.Add(segment);
    }

    private static (SegmentSummary Summary, bool IsTorn) Scan(SegmentReader reader)
    {
        var summary = SegmentSummary.Empty;
        while (reader.TryReadTick(out var payload))
        {
            var (sequence, at) = TickRecord.ReadHead(payload);
            summary = summary.With(sequence, at);
        }

        return (summary, reader.FoundDamage);
    }

    private void CountOn(Segment segment, bool isTorn)
    {
        if (segment.Epoch != Epoch)
        {
            return;
        }

        NextSequence = Math.Max(NextSequence, segment.Summary.FrameCount == 0 ? 0 : segment.Summary.LastSequence + 1);
        if (isTorn)
        {
            // A tick is one record, so what is torn is one frame: the next.
            var at = segment.Summary.FrameCount == 0 ? _now : segment.Summary.To;
            var sequence = Math.Max(NextSequence, saved is null ? 0 : SequenceAfterDrops(saved));
            Ledger.Add(Epoch, new DroppedRange(sequence, sequence, at, at, 1, DropReason.TornWrite));
            NextSequence = sequence + 1;
            LogTorn(log, segment.Path, segment.Bytes);
        }
    }

    private void Seal(Segment segment)
    {
        try
        {
            using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Write, FileShare.Read);
            RandomAccess.SetLength(file, segment.Bytes);
            var record = new WireWriter(64);
            SegmentFormat.WriteSummary(record, segment.Summary);
            RandomAccess.Write(file, record.Written, segment.Bytes);
            RandomAccess.FlushToDisk(file);
            segment.Bytes += record.Length;
        }
        catch (IOException full)
        {
            // It is only scanned again next time.
            LogNotSealed(log, segment.Path, full);
        }
    }

    private long AfterKnown(SpoolState state)
    {
        var isOtherBoot = state.BootId != bootId;
        var tail = Segments.LastOrDefault(segment => segment.Epoch == Epoch);
        if (tail is null)
        {
            return Math.Max(state.ReservedSequence, SequenceAfterDrops(state));
        }

        var next = Math.Max(NextSequence, SequenceAfterDrops(state));
        if (isOtherBoot && next < state.ReservedSequence)
        {
            Ledger.Add(Epoch, new DroppedRange(next, state.ReservedSequence - 1, tail.Summary.To, _now > tail.Summary.To ? _now : tail.Summary.To, 0, DropReason.PowerLoss));
            return state.ReservedSequence;
        }

        return Math.Max(next, Cursor.Sequence + 1);
    }

    private long SequenceAfterDrops(SpoolState state) =>
        state.Drops.Where(drop => drop.Epoch == Epoch).Select(drop => drop.Range.LastSequence + 1).DefaultIfEmpty(0).Max();

    [LoggerMessage(Level = LogLevel.Error, Message = "The segment {Path} is none of this version, or damaged from its start; it is kept beside as .unreadable")]
    private static partial void LogUnreadable(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The segment {Path} ends in a torn write after {Bytes} bytes; one frame is lost and counted")]
    private static partial void LogTorn(ILogger log, string path, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The segment {Path} could not be sealed")]
    private static partial void LogNotSealed(ILogger log, string path, Exception failure);
}
