using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Agent.Sampling;

/// <summary>Writes frames to a file: the first at once, then a minute of them at a time.</summary>
internal sealed class RecordingSink(Stream file, Guid epoch) : IFrameSink
{
    private const int FramesPerBatch = 60;

    private readonly List<Frame> _frames = [];
    private readonly Dictionary<int, EntityDescriptor> _entities = [];
    private IReadOnlyList<EntityDescriptor>? _known;
    private long _sequence;

    public ValueTask WriteAsync(
        DateTimeOffset at,
        IReadOnlyList<EntitySample> samples,
        IReadOnlyList<EntityDescriptor> entities,
        CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(entities, _known))
        {
            _known = entities;
            foreach (var entity in entities)
            {
                _entities[entity.LocalId] = entity;
            }
        }

        _frames.Add(new Frame(_sequence++, at, [.. samples.Select(Copy)]));
        // The first frame goes out alone, so that whoever waits for the recording sees that it has begun.
        if (_frames.Count == FramesPerBatch || _sequence == 1)
        {
            Flush();
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Flush();
        await file.DisposeAsync();
    }

    private static EntitySample Copy(EntitySample sample) =>
        sample with { Values = new MetricVector(sample.Values.Values.ToArray(), sample.Values.Presence.ToArray()) };

    private void Flush()
    {
        if (_frames.Count == 0)
        {
            return;
        }

        var used = _frames.SelectMany(frame => frame.Samples).Select(sample => sample.LocalId).Distinct().Order();
        FrameRecording.Append(file, new FrameBatch(
            Guid.Empty, epoch, MetricCatalogue.Current.Version, [.. used.Select(id => _entities[id])], [.. _frames], []));
        file.Flush();
        _frames.Clear();
    }
}
