using System.Globalization;
using Headroom.Calibration.RunSets;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Cli.Commands.Demo;

/// <summary>Cuts the recordings of a run set into scenes. Workloads lose the number of their run, so that one application is one workload.</summary>
internal static class SceneReader
{
    private const string CgroupOfDemo = "/demo";

    /// <param name="folder">Folder of a run set of <c>headroom calibrate</c>.</param>
    /// <exception cref="FormatException">A file is damaged; the message names it.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no run set.</exception>
    public static IReadOnlyList<Scene> Read(string folder)
    {
        var runs = RunSetFile.Read(folder);
        return runs.Count == 0
            ? throw new DirectoryNotFoundException($"expected a run set of 'headroom calibrate' in {folder}, found no {RunSetFile.Name} with runs")
            : [.. runs.GroupBy(run => run.RecordingFile).SelectMany(set => Cut(Path.Combine(folder, set.Key), [.. set.OrderBy(run => run.StartedAt)]))];
    }

    private static IEnumerable<Scene> Cut(string recording, IReadOnlyList<CalibrationRun> runs)
    {
        var seconds = runs.ToDictionary(run => run.RunId, _ => new List<IReadOnlyList<(EntityDescriptor, MetricVector)>>());
        using var file = File.OpenRead(recording);
        var current = 0;
        foreach (var batch in FrameRecording.Read(file))
        {
            var entities = batch.Entities.ToDictionary(entity => entity.LocalId);
            foreach (var frame in batch.Frames)
            {
                while (current < runs.Count && frame.At > runs[current].EndedAt)
                {
                    current++;
                }

                if (current < runs.Count && frame.At >= runs[current].StartedAt)
                {
                    seconds[runs[current].RunId].Add(Second(frame, entities, runs[current]));
                }
            }
        }

        return runs.Where(run => seconds[run.RunId].Count > 0).Select(run => new Scene(run.Application, run.Neighbours.Count, seconds[run.RunId]));
    }

    private static List<(EntityDescriptor, MetricVector)> Second(Frame frame, Dictionary<int, EntityDescriptor> entities, CalibrationRun run)
    {
        var siblings = run.TargetKey[..(run.TargetKey.LastIndexOf('/') + 1)];
        var seen = new Dictionary<string, int>();
        var second = new List<(EntityDescriptor, MetricVector)>(frame.Samples.Count);
        foreach (var (entity, values) in frame.Samples.Where(sample => entities.ContainsKey(sample.LocalId)).Select(sample => (entities[sample.LocalId], sample.Values)).OrderBy(sample => sample.Item1.Key, StringComparer.Ordinal))
        {
            if (entity.Kind != EntityKind.Workload)
            {
                second.Add((entity, values));
            }
            else if (entity.Key.StartsWith(siblings, StringComparison.Ordinal) && ApplicationOf(entity.Key[siblings.Length..]) is { } application)
            {
                // The measured application has number 0 and so comes first and keeps the plain name.
                var number = seen[application] = seen.GetValueOrDefault(application) + 1;
                var name = number == 1 ? application : string.Create(CultureInfo.InvariantCulture, $"{application}-{number}");
                second.Add((entity with { Key = $"{CgroupOfDemo}/{name}", Name = name }, values));
            }
        }

        return second;
    }

    /// <summary>Groups of a campaign are called <c>rRUN-ATTEMPT-NUMBER-APPLICATION</c>.</summary>
    private static string? ApplicationOf(string group) => group.Split('-', 4) is [_, _, _, var application] ? application : null;
}
