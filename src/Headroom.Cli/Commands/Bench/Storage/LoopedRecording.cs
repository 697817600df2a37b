using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Cli.Commands.Bench.Storage;

/// <summary>A recording that begins again when it ends, one frame per second, under a sender's name.</summary>
internal sealed class LoopedRecording
{
    private readonly IReadOnlyList<(IReadOnlyList<EntityDescriptor> Entities, Frame Frame)> _frames;
    private readonly Guid _epoch = Guid.NewGuid();

    private LoopedRecording(IReadOnlyList<(IReadOnlyList<EntityDescriptor>, Frame)> frames) => _frames = frames;

    /// <summary>Frames before it begins again.</summary>
    public int Length => _frames.Count;

    /// <summary>Reads a recording.</summary>
    /// <exception cref="FormatException">The file is no recording, or an empty one, or of another version of the catalogue.</exception>
    public static LoopedRecording Read(string file)
    {
        using var stream = File.OpenRead(file);
        var frames = new List<(IReadOnlyList<EntityDescriptor>, Frame)>();
        foreach (var batch in FrameRecording.Read(stream))
        {
            if (batch.CatalogueVersion != MetricCatalogue.Current.Version)
            {
                throw new FormatException($"{file}: expected catalogue version {MetricCatalogue.Current.Version}, got {batch.CatalogueVersion}");
            }

            frames.AddRange(batch.Frames.Select(frame => (batch.Entities, frame)));
        }

        return frames.Count > 0 ? new LoopedRecording(frames) : throw new FormatException($"{file}: expected at least one frame, got none");
    }

    /// <summary>The frames of some seconds, as one batch of an agent.</summary>
    /// <param name="agent">Who sends.</param>
    /// <param name="first">Number of the first second since the beginning; its sequence too.</param>
    /// <param name="count">How many seconds.</param>
    /// <param name="start">Time of second 0.</param>
    public FrameBatch Batch(Guid agent, long first, int count, DateTimeOffset start)
    {
        var entities = new Dictionary<(EntityKind, string), EntityDescriptor>();
        var frames = new List<Frame>(count);
        for (var second = first; second < first + count; second++)
        {
            var (known, frame) = _frames[(int)(second % _frames.Count)];
            frames.Add(new Frame(second, start.AddSeconds(second), [.. frame.Samples.Select(sample => sample with { LocalId = Number(known.First(entity => entity.LocalId == sample.LocalId)) })]));
        }

        return new FrameBatch(agent, _epoch, MetricCatalogue.Current.Version, [.. entities.Values], frames, []);

        int Number(EntityDescriptor entity)
        {
            if (!entities.TryGetValue((entity.Kind, entity.Key), out var numbered))
            {
                entities[(entity.Kind, entity.Key)] = numbered = entity with { LocalId = entities.Count };
            }

            return numbered.LocalId;
        }
    }
}
