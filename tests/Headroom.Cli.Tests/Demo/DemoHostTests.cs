using Headroom.Cli.Commands.Demo;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Headroom.Testing;

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

    [Fact]
    public void A_fleet_is_a_mixture_over_its_day_and_every_second_of_it_adds_up()
    {
        var scenes = SceneReader.Read(RecordedRun.Campaign());
        var hosts = Enumerable.Range(1, 8).Select(number => Day(new DemoHost(number, scenes, 0, seed: 1))).ToArray();
        var (busy, filled) = (hosts.Select(host => host.Average(second => second.Used)).Order().ToArray(), hosts.Select(host => host.Average(second => second.Memory)).Order().ToArray());
        Assert.True(busy[^1] > 2 * busy[0] && filled[^1] > 2 * filled[0], $"busy {string.Join(" ", busy)}, filled {string.Join(" ", filled)}");
        Assert.All(hosts, host => Assert.True(host.Max(second => second.Used) > 1.3 * host.Min(second => second.Used)));
        Assert.All(hosts.SelectMany(host => host), second =>
        {
            Assert.InRange(second.Used, 0.001, 0.999);
            Assert.InRange(second.Memory, 0.001, 0.999);
            Assert.InRange(second.Sum, 0.99, 1.01);
            Assert.True(second.OfWorkloads <= second.MemoryUsed, $"{second}");
        });
    }

    private static Second[] Day(DemoHost host) =>
    [
        .. host.Batch(Guid.Empty, Guid.Empty, 0, [.. Enumerable.Range(0, 72).Select(index => Noon.AddMinutes(20 * index)).Select(at => (at, at))]) is var batch
            ? batch.Frames.Select(frame => SecondOf(batch, frame)) : [],
    ];

    private static Second SecondOf(FrameBatch batch, Frame frame)
    {
        var values = frame.Samples.Single(sample => KindOf(batch, sample) == EntityKind.Host).Values;
        float Of(string metric) => values[MetricCatalogue.Current.OrdinalOf(EntityKind.Host, metric)!.Value] ?? 0;
        var workloads = frame.Samples.Where(sample => KindOf(batch, sample) == EntityKind.Workload)
            .Sum(sample => sample.Values[MetricCatalogue.Current.OrdinalOf(EntityKind.Workload, "container.memory.rss")!.Value] ?? 0);
        return new Second(
            Of("system.cpu.utilization"), Of("system.cpu.utilization") + Of("system.cpu.utilization.idle") + Of("system.cpu.utilization.iowait"),
            Of("system.memory.utilization"), Of("system.memory.usage.used"), workloads);
    }

    private static EntityKind KindOf(FrameBatch batch, EntitySample sample) => batch.Entities.Single(entity => entity.LocalId == sample.LocalId).Kind;

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

    private sealed record Second(float Used, float Sum, float Memory, float MemoryUsed, float OfWorkloads);

    private static EntityDescriptor Entity(EntityKind kind, string key, string name) => new(0, kind, key, name, null, new Dictionary<string, string>());
}
