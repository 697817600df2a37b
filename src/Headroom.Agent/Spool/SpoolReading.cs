using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Spool;

/// <summary>Where the reader of a spool stands within a segment, so that the next batch need not begin at its start.</summary>
internal sealed class SpoolReading : IDisposable
{
    private readonly Dictionary<int, EntityDescriptor> _entities = [];
    private SegmentReader? _reader;
    private long _ordinal = -1;

    /// <summary>Whether the last read stopped at damage.</summary>
    public bool FoundDamage => _reader?.FoundDamage ?? false;

    /// <summary>Reads on in a segment, or gives null when nothing whole is left in it.</summary>
    public SpoolBatch? Read(Segment segment, SpoolCursor cursor, int maxFrames, int maxBytes, DropLedger ledger)
    {
        if (_reader is null || _ordinal != segment.Ordinal)
        {
            Reset();
            _reader = new SegmentReader(segment.Path);
            _ordinal = segment.Ordinal;
        }

        _reader.Length = segment.Bytes;
        var done = segment.Ordinal == cursor.Ordinal ? cursor.Sequence : -1;
        var frames = new List<Frame>();
        long bytes = 0;
        while (frames.Count < maxFrames && bytes < maxBytes && _reader.TryReadTick(out var payload))
        {
            var frame = TickRecord.Read(payload, _entities);
            if (frame.Sequence > done)
            {
                frames.Add(frame);
                bytes += payload.Length;
            }
        }

        return frames.Count == 0
            ? null
            : new SpoolBatch(segment.Ordinal, segment.Epoch, segment.CatalogueVersion, Entities(frames), frames, Drops(ledger, segment.Epoch, frames[0].Sequence));
    }

    /// <summary>Drops alone, for when no frame is waiting.</summary>
    public static SpoolBatch? OnlyDrops(SpoolCursor cursor, DropLedger ledger, int catalogueVersion) => ledger.Drops.Count == 0
        ? null
        : new SpoolBatch(cursor.Ordinal, ledger.Drops[0].Epoch, catalogueVersion, [], [], Drops(ledger, ledger.Drops[0].Epoch, long.MaxValue));

    /// <summary>Begins at the start of a segment again.</summary>
    public void Reset()
    {
        _reader?.Dispose();
        _reader = null;
        _ordinal = -1;
        _entities.Clear();
    }

    public void Dispose() => Reset();

    // A drop is told once every frame before its end has been: a server that acknowledges it acknowledges them as well.
    private static List<PendingDrop> Drops(DropLedger ledger, Guid epoch, long before)
    {
        var drops = ledger.Drops.Where(drop => drop.Epoch == epoch && drop.Range.LastSequence < before).ToList();
        foreach (var drop in drops)
        {
            drop.IsFixed = true;
        }

        return drops;
    }

    private EntityDescriptor[] Entities(List<Frame> frames)
    {
        var used = new SortedSet<int>();
        foreach (var frame in frames)
        {
            foreach (var sample in frame.Samples)
            {
                used.Add(sample.LocalId);
            }
        }

        return [.. used.Select(localId => _entities[localId])];
    }
}
