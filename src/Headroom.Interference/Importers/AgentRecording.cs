using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Interference.Importers;

/// <summary>Frames an agent recorded, with the names of what they are about.</summary>
internal sealed class AgentRecording
{
    private readonly List<(Frame Frame, Dictionary<int, EntityDescriptor> Entities)> _frames = [];

    /// <exception cref="InvalidDataException">The file is missing or no recording.</exception>
    public static AgentRecording Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: expected the recording that runs.csv names, there is none.");
        }

        var recording = new AgentRecording();
        try
        {
            using var file = File.OpenRead(path);
            foreach (var batch in FrameRecording.Read(file))
            {
                var entities = batch.Entities.ToDictionary(entity => entity.LocalId);
                recording._frames.AddRange(batch.Frames.Select(frame => (frame, entities)));
            }
        }
        catch (FormatException malformed)
        {
            throw new InvalidDataException($"{path}: {malformed.Message}", malformed);
        }

        return recording;
    }

    /// <summary>The frames of a window, as metrics of the target, the mean of the other workloads of its campaign, and the host.</summary>
    public float[][] Window(string targetKey, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<(FeatureBlock Block, EntityKind Kind)> blocks)
    {
        // Workloads of one run lie in one cgroup; anything else on the machine shows in the host's block.
        var siblings = targetKey[..(targetKey.LastIndexOf('/') + 1)];
        var rows = new List<float[]>();
        foreach (var (frame, entities) in _frames.Where(entry => entry.Frame.At >= from && entry.Frame.At <= to))
        {
            var known = frame.Samples.Where(sample => entities.ContainsKey(sample.LocalId)).Select(sample => (Entity: entities[sample.LocalId], sample.Values)).ToArray();
            if (known.Any(sample => IsTarget(sample.Entity)))
            {
                rows.Add([.. blocks.SelectMany(block => BlockMean.Of(block.Block, block.Kind, [.. known.Where(sample => Belongs(block.Block, sample.Entity)).Select(sample => sample.Values)]))]);
            }
        }

        return [.. rows];

        bool IsTarget(EntityDescriptor entity) => entity.Kind == EntityKind.Workload && entity.Key == targetKey;

        bool Belongs(FeatureBlock block, EntityDescriptor entity) => block switch
        {
            FeatureBlock.Target => IsTarget(entity),
            FeatureBlock.Neighbours => entity.Kind == EntityKind.Workload && !IsTarget(entity) && entity.Key.StartsWith(siblings, StringComparison.Ordinal),
            _ => entity.Kind == EntityKind.Host,
        };
    }
}
