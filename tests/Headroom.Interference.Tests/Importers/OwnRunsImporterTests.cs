using Headroom.Interference.Importers;
using Headroom.Interference.Runs;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Interference.Tests.Importers;

public sealed class OwnRunsImporterTests : IDisposable
{
    private const string Target = "/headroom-calibrate/run-1-0";

    private readonly string _folder = Directory.CreateTempSubdirectory("campaign").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Runs_are_labelled_by_their_speed_alone_and_see_target_neighbours_and_host_of_their_window()
    {
        // Seconds 0 and 1 alone, seconds 10 and 11 beside two neighbours; a stranger runs all the time.
        Record([(0, 1, []), (1, 1, []), (10, 2, [4, 8]), (11, 2, [4, 8])]);
        File.WriteAllLines(Path.Combine(_folder, "runs.csv"),
        [
            "run_id,application,threads,neighbours,composition,started_at_ms,ended_at_ms,speed,unit,outside_cores,target_key,recording",
            $"1,stream,2,,alone,0,1000,200,1/s,0,{Target},recording-01.frames",
            $"2,stream,2,disk:1,disk:1,10000,11000,50,1/s,0,{Target},recording-01.frames",
            $"3,chase,2,disk:1,disk:1,10000,11000,50,1/s,0,{Target},recording-01.frames",
        ]);

        var set = RunImporters.Read(_folder);

        Assert.Equal([1.0, 0.25, null], set.Runs.Select(run => run.Label));
        Assert.Equal([true, false, false], set.Runs.Select(run => run.IsSolo));
        Assert.All(set.Runs, run => Assert.Equal(2, run.Frames.Length));
        var metrics = MetricCatalogue.Current.For(EntityKind.Workload).Count;
        Assert.Equal((1f, 0f), (set.Runs[0].Frames[0][0], set.Runs[0].Frames[0][metrics]));
        Assert.Equal((2f, 6f, 100f), (set.Runs[1].Frames[0][0], set.Runs[1].Frames[0][metrics], set.Runs[1].Frames[0][2 * metrics]));
        Assert.True(float.IsNaN(set.Runs[1].Frames[0][metrics + 1]));
        Assert.Equal(FeatureBlock.Neighbours, set.Schema.Metrics[metrics].Block);
    }

    private void Record((int Second, float Target, float[] Neighbours)[] seconds)
    {
        using var file = File.Create(Path.Combine(_folder, "recording-01.frames"));
        var frames = seconds.Select((entry, index) => new Frame(index, DateTimeOffset.FromUnixTimeSeconds(entry.Second),
        [
            new EntitySample(0, Vector(EntityKind.Host, 100)),
            new EntitySample(1, Vector(EntityKind.Workload, entry.Target)),
            new EntitySample(2, Vector(EntityKind.Workload, 999)),
            .. entry.Neighbours.Select((value, neighbour) => new EntitySample(3 + neighbour, Vector(EntityKind.Workload, value))),
        ]));
        FrameRecording.Append(file, new FrameBatch(
            Guid.Empty,
            Guid.Empty,
            MetricCatalogue.Current.Version,
            [Entity(0, EntityKind.Host, "host"), Entity(1, EntityKind.Workload, Target), Entity(2, EntityKind.Workload, "/stranger"), Entity(3, EntityKind.Workload, "/headroom-calibrate/run-1-1"), Entity(4, EntityKind.Workload, "/headroom-calibrate/run-1-2")],
            [.. frames],
            []));
    }

    private static EntityDescriptor Entity(int id, EntityKind kind, string key) => new(id, kind, key, key, null, new Dictionary<string, string>());

    private static MetricVector Vector(EntityKind kind, float first) => new(MetricCatalogue.Current.For(kind).Count) { [0] = first };
}
