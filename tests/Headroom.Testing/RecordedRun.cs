using System.Globalization;
using System.Runtime.CompilerServices;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Testing;

/// <summary>One run of the project's own campaign (datasets/two-core-vm): the frames of its host, its measured workload and its neighbours, to be played again at any time.</summary>
public sealed class RecordedRun
{
    private readonly IReadOnlyList<EntityDescriptor> _entities;
    private readonly IReadOnlyList<IReadOnlyList<EntitySample>> _seconds;

    private RecordedRun(string targetKey, IReadOnlyList<EntityDescriptor> entities, IReadOnlyList<IReadOnlyList<EntitySample>> seconds) =>
        (TargetKey, _entities, _seconds) = (targetKey, entities, seconds);

    /// <summary>Key of the measured workload.</summary>
    public string TargetKey { get; }

    /// <summary>Everything that ran beside the host: the measured workload and its neighbours.</summary>
    public IReadOnlyList<EntityDescriptor> Workloads => [.. _entities.Where(entity => entity.Kind == EntityKind.Workload)];

    /// <summary>Folder of the campaign.</summary>
    public static string Campaign() => Path.Combine(Root(), "datasets", "two-core-vm") is var folder && File.Exists(Path.Combine(folder, "runs.csv"))
        ? folder
        : throw new SkippedTestException($"no recorded campaign in {folder}");

    /// <summary>The first run of the campaign whose measured application had so many neighbours, all of them busy all the time.</summary>
    public static RecordedRun Beside(int neighbours)
    {
        var folder = Campaign();
        var lines = File.ReadAllLines(Path.Combine(folder, "runs.csv"));
        var columns = lines[0].Split(',');
        var cells = lines.Skip(1).Select(line => line.Split(',')).First(cells => IsWanted(Cell(cells, "neighbours"), neighbours));
        return Read(
            Path.Combine(folder, Cell(cells, "recording")),
            Cell(cells, "target_key"),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Cell(cells, "started_at_ms"), CultureInfo.InvariantCulture)),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Cell(cells, "ended_at_ms"), CultureInfo.InvariantCulture)));

        string Cell(string[] row, string column) => row[Array.IndexOf(columns, column)];
    }

    /// <summary>The run played over and over, one frame a second.</summary>
    public FrameBatch Batch(Guid agent, Guid epoch, DateTimeOffset from, int seconds, long firstSequence = 1) => new(
        agent,
        epoch,
        MetricCatalogue.Current.Version,
        _entities,
        [.. Enumerable.Range(0, seconds).Select(second => new Frame(firstSequence + second, from.AddSeconds(second), _seconds[(int)((firstSequence + second) % _seconds.Count)]))],
        []);

    private static bool IsWanted(string neighbours, int count) =>
        !neighbours.Contains('@', StringComparison.Ordinal) && neighbours.Split(';', StringSplitOptions.RemoveEmptyEntries).Length == count;

    private static RecordedRun Read(string path, string targetKey, DateTimeOffset from, DateTimeOffset to)
    {
        var siblings = targetKey[..(targetKey.LastIndexOf('/') + 1)];
        var known = new Dictionary<string, EntityDescriptor>();
        var seconds = new List<IReadOnlyList<EntitySample>>();
        using var file = File.OpenRead(path);
        foreach (var batch in FrameRecording.Read(file))
        {
            var entities = batch.Entities.Where(entity => entity.Kind == EntityKind.Host || (entity.Kind == EntityKind.Workload && entity.Key.StartsWith(siblings, StringComparison.Ordinal)))
                .ToDictionary(entity => entity.LocalId);
            foreach (var frame in batch.Frames.Where(frame => frame.At >= from && frame.At <= to))
            {
                seconds.Add([.. frame.Samples.Where(sample => entities.ContainsKey(sample.LocalId)).Select(sample => new EntitySample(Known(entities[sample.LocalId]), sample.Values))]);
            }
        }

        return new RecordedRun(targetKey, [.. known.Values], seconds);

        int Known(EntityDescriptor entity)
        {
            if (!known.TryGetValue(entity.Key, out var found))
            {
                known[entity.Key] = found = entity with { LocalId = known.Count + 1 };
            }

            return found.LocalId;
        }
    }

    private static string Root([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Platform.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no Platform.sln above {here}");
    }
}
