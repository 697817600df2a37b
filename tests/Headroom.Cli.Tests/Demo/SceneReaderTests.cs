using Headroom.Calibration.RunSets;
using Headroom.Cli.Commands.Demo;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Cli.Tests.Demo;

public sealed class SceneReaderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_run_becomes_a_scene_whose_workloads_carry_the_names_of_their_applications()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-scenes-").FullName;
        try
        {
            RunSetFile.Append(folder, new CalibrationRun(
                7, "redis", 1, [new Neighbour("redis", 2, null), new Neighbour("fio", 1, null)], Start.AddSeconds(1), Start.AddSeconds(3), 100, "1/s", 0,
                "/campaign/r0007-1-0-redis", "recording-01.frames"));
            using (var file = File.Create(Path.Combine(folder, "recording-01.frames")))
            {
                FrameRecording.Append(file, Recording());
            }

            var scene = Assert.Single(SceneReader.Read(folder));
            Assert.Equal(("redis", 2, 3), (scene.Application, scene.Neighbours, scene.Seconds.Count));
            Assert.All(scene.Seconds, second => Assert.Equal(
                ["/demo/fio", "/demo/redis", "/demo/redis-2", "host"], second.Select(sample => sample.Entity.Key).Order(StringComparer.Ordinal)));
            Assert.Equal(1, scene.Seconds[0].Single(sample => sample.Entity.Key == "/demo/redis").Values[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_runs_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-scenes-").FullName;
        var error = Assert.Throws<DirectoryNotFoundException>(() => SceneReader.Read(folder));
        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
        Directory.Delete(folder);
    }

    private static FrameBatch Recording()
    {
        (EntityKind Kind, string Key)[] entities =
        [
            (EntityKind.Host, "host"), (EntityKind.Workload, "/campaign/r0007-1-1-redis"), (EntityKind.Workload, "/campaign/r0007-1-0-redis"),
            (EntityKind.Workload, "/campaign/r0007-1-2-fio"), (EntityKind.Workload, "/elsewhere/db"),
        ];
        return new FrameBatch(
            Guid.NewGuid(), Guid.NewGuid(), MetricCatalogue.Current.Version,
            [.. entities.Select((entity, id) => new EntityDescriptor(id, entity.Kind, entity.Key, entity.Key, null, new Dictionary<string, string>()))],
            [.. Enumerable.Range(0, 6).Select(second => new Frame(second, Start.AddSeconds(second),
                [.. entities.Select((entity, id) => new EntitySample(id, new MetricVector(1) { [0] = entity.Key.EndsWith("-0-redis", StringComparison.Ordinal) ? 1 : 0 }))]))],
            []);
    }
}
