using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Agent.Spool;

/// <summary>Appends ticks to a segment. After a failed write the file ends where it did before.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly WireWriter _record = new();
    private readonly Dictionary<int, EntityDescriptor> _written = [];
    private readonly List<EntityDescriptor> _new = [];
    private IReadOnlyList<EntityDescriptor>? _seen;

    private SegmentWriter(SafeFileHandle file, Segment segment)
    {
        _file = file;
        Segment = segment;
    }

    public Segment Segment { get; }

    /// <exception cref="IOException">The disk refused; no file is left behind.</exception>
    public static SegmentWriter Create(Segment segment)
    {
        var file = File.OpenHandle(segment.Path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
        try
        {
            RandomAccess.Write(file, SegmentFormat.Header(segment.Epoch, segment.CatalogueVersion), 0);
            segment.Bytes = SegmentFormat.HeaderBytes;
            return new SegmentWriter(file, segment);
        }
        catch
        {
            file.Dispose();
            File.Delete(segment.Path);
            throw;
        }
    }

    /// <exception cref="IOException">The disk refused; the segment is as it was.</exception>
    public void Append(long sequence, DateTimeOffset at, IReadOnlyList<EntitySample> samples, IReadOnlyList<EntityDescriptor> entities)
    {
        FindNew(entities);
        TickRecord.Write(_record, sequence, at, _new, samples);
        Append();
        _seen = entities;
        foreach (var entity in _new)
        {
            _written[entity.LocalId] = entity;
        }

        Segment.Summary = Segment.Summary.With(sequence, at.ToUnixTimeMilliseconds());
    }

    /// <summary>Ends the segment with its summary and flushes it.</summary>
    /// <exception cref="IOException">The disk refused; the segment can be read all the same.</exception>
    public void Seal()
    {
        SegmentFormat.WriteSummary(_record, Segment.Summary);
        Append();
        Flush();
    }

    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private void FindNew(IReadOnlyList<EntityDescriptor> entities)
    {
        _new.Clear();
        if (ReferenceEquals(entities, _seen))
        {
            return;
        }

        foreach (var entity in entities)
        {
            if (!_written.TryGetValue(entity.LocalId, out var known) || !ReferenceEquals(known, entity))
            {
                _new.Add(entity);
            }
        }
    }

    private void Append()
    {
        try
        {
            RandomAccess.Write(_file, _record.Written, Segment.Bytes);
            Segment.Bytes += _record.Length;
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file, Segment.Bytes);
            throw;
        }
    }
}
