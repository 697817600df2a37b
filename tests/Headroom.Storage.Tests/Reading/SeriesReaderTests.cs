using Headroom.Storage.Reading;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static Headroom.Storage.Tests.Batches;

namespace Headroom.Storage.Tests.Reading;

public sealed class SeriesReaderTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly IOptions<StorageOptions> Limits = Options.Create(new StorageOptions());
    private static readonly string Metric = MetricCatalogue.Current.For(EntityKind.Workload)[2].Name;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_range_keeps_its_peaks_and_shows_its_gaps()
    {
        var (host, entity) = await WriteAsync("peaks", second => second is >= 100 and < 160 ? null : second == 333 ? 900f : second % 7);
        var series = Assert.Single(await Reader().ReadAsync([new SeriesRequest(host, entity, Metric, Start, Start.AddSeconds(600), 200)], Token));

        Assert.Equal((Start, TimeSpan.FromSeconds(3), "1s"), (series.From, series.Bucket, series.Resolution));
        Assert.Equal(200, series.Mean.Length);
        Assert.Equal(900f, series.Max[111]);
        Assert.Equal(334 % 7, series.Min[111]);
        var gap = Enumerable.Range(34, 19).ToList();
        Assert.All(gap, bucket => Assert.Null(series.Mean[bucket]));
        Assert.All(Enumerable.Range(0, 200).Except(gap), bucket => Assert.NotNull(series.Mean[bucket]));
    }

    [Fact]
    public async Task Recorded_drops_come_with_the_series()
    {
        var (host, entity) = await WriteAsync("drops", second => second, new DroppedRange(900, 909, Start.AddSeconds(10), Start.AddSeconds(19), 10, "spool-bytes"));
        var series = Assert.Single(await Reader().ReadAsync([new SeriesRequest(host, entity, Metric, Start, Start.AddSeconds(60), 60)], Token));
        Assert.Equal(new Gap(Start.AddSeconds(10), Start.AddSeconds(19), 10, "spool-bytes"), Assert.Single(series.Gaps));
    }

    [Theory]
    [InlineData("no.such.metric", 60, 60, "no.such.metric")]
    [InlineData(null, -1, 60, "not after its start")]
    [InlineData(null, 60, 100_000, "expected 1 to 4000")]
    public async Task A_question_beyond_the_limits_is_refused_with_the_reason(string? metric, int seconds, int points, string reason)
    {
        var (host, entity) = await WriteAsync("limits", second => second);
        var refusal = await Assert.ThrowsAsync<InvalidQueryException>(() => Reader().ReadAsync([new SeriesRequest(host, entity, metric ?? Metric, Start, Start.AddSeconds(seconds), points)], Token));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_values_of_the_workloads_of_a_host_are_found()
    {
        var (host, entity) = await WriteAsync("latest", second => second);
        var reader = new EntityReader(database.DataSource, new FakeTimeProvider(Start.AddSeconds(600)));
        var row = Assert.Single(await reader.ReadLatestAsync(host, EntityKind.Workload, [Metric, MetricCatalogue.Current.For(EntityKind.Workload)[1].Name], TimeSpan.FromMinutes(5), Token));
        Assert.Equal((entity, Start.AddSeconds(599)), (row.Entity.EntityId, row.At));
        Assert.Equal([599f, null], row.Values);
    }

    [Fact]
    public async Task A_window_has_one_place_per_second_for_every_neighbour()
    {
        var (host, entity) = await WriteAsync("window", second => second == 5 ? null : second);
        var window = Assert.Single(await new WindowReader(database.DataSource).ReadAsync(host, EntityKind.Workload, Start.AddSeconds(3), 4, Token));
        Assert.Equal(entity, window.EntityId);
        Assert.Equal([3f, 4f, null, 6f], window.Seconds.Select(second => second?[2]));
    }

    private SeriesReader Reader() => new(database.DataSource, Limits);

    private async Task<(int HostId, int EntityId)> WriteAsync(string host, Func<int, float?> value, params DroppedRange[] drops)
    {
        var agent = await database.AddAgentAsync(host, Token);
        var writer = new TelemetryWriter(database.DataSource, new FakeTimeProvider(Start.AddSeconds(600)), Limits);
        var frames = Enumerable.Range(0, 600).Where(second => value(second) is not null).Select(second => Frame(second, Start.AddSeconds(second), 1f, null, value(second))).ToList();
        await writer.WriteAsync([new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity("w", EntityKind.Workload)], frames, drops)], Token);
        var entity = Assert.Single(await new EntityReader(database.DataSource, TimeProvider.System).ListAsync(agent.HostId, EntityKind.Workload, null, Token));
        return (agent.HostId, entity.EntityId);
    }
}
