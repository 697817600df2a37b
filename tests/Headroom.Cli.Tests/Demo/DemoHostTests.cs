using Headroom.Cli.Commands.Demo;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;

namespace Headroom.Cli.Tests.Demo;

public sealed class DemoHostTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<Scene> Scenes = [.. Enumerable.Range(0, 4).SelectMany(neighbours => new[] { Scene("redis", neighbours), Scene("fio", neighbours) })];

    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        var (one, other) = (Batch(new DemoHost(1, Scenes, 4, seed: 1)), Batch(new DemoHost(1, Scenes, 4, seed: 1)));
        Assert.Equal(FrameBatchCodec.Encode(one), FrameBatchCodec.Encode(other));
    }

    [Fact]
    public void Its_home_application_is_in_every_frame_under_one_name()
    {
        var host = new DemoHost(2, Scenes, 0, seed: 1);
        var batch = Batch(host);
        var home = Assert.Single(batch.Entities, entity => entity.Kind == EntityKind.Workload && entity.Name == host.Home);
        Assert.All(batch.Frames, frame => Assert.Contains(frame.Samples, sample => sample.LocalId == home.LocalId));
    }

    [Fact]
    public void More_runs_by_day_than_by_night()
    {
        var host = new DemoHost(1, Scenes, 0, seed: 1);
        Assert.True(Workloads(host, Noon.AddHours(6)) > 2 * Workloads(host, Noon.AddHours(17)));
    }

    [Fact]
    public void A_batch_of_a_host_with_gpus_passes_the_codec_and_names_the_gpus_as_simulated()
    {
        var batch = FrameBatchCodec.Decode(FrameBatchCodec.Encode(Batch(new DemoHost(3, Scenes, 4, seed: 1))));
        var gpus = batch.Entities.Where(entity => entity.Kind == EntityKind.Gpu).ToArray();
        Assert.Equal(4, gpus.Length);
        Assert.All(gpus, gpu => Assert.Contains("simulated", gpu.Name, StringComparison.Ordinal));
        var power = MetricCatalogue.Current.OrdinalOf(EntityKind.Gpu, "hw.gpu.power")!.Value;
        Assert.All(batch.Frames.SelectMany(frame => frame.Samples).Where(sample => gpus.Any(gpu => gpu.LocalId == sample.LocalId)),
            sample => Assert.InRange(sample.Values[power]!.Value, 50, 700));
    }

    private static double Workloads(DemoHost host, DateTimeOffset around) => Enumerable.Range(0, 12)
        .Average(episode => host.Batch(Guid.Empty, Guid.Empty, 0, [(around, around + (episode * DemoHost.Episode))]).Entities.Count(entity => entity.Kind == EntityKind.Workload) - 1);

    private static FrameBatch Batch(DemoHost host) =>
        host.Batch(Guid.Empty, Guid.Empty, 0, [.. Enumerable.Range(0, 200).Select(index => Noon.AddMinutes(index)).Select(at => (at, at))]);

    private static Scene Scene(string application, int neighbours) => new(application, neighbours,
    [
        .. Enumerable.Range(0, 3).Select(second => (IReadOnlyList<(EntityDescriptor, MetricVector)>)
        [
            (Entity(EntityKind.Host, "host", "recorder"), new MetricVector(1)),
            (Entity(EntityKind.Workload, $"/demo/{application}", application), new MetricVector(1) { [0] = second }),
            .. Enumerable.Range(1, neighbours).Select(index => (Entity(EntityKind.Workload, $"/demo/stress-{index}", $"stress-{index}"), new MetricVector(1))),
        ]),
    ]);

    private static EntityDescriptor Entity(EntityKind kind, string key, string name) => new(0, kind, key, name, null, new Dictionary<string, string>());
}
