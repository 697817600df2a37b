using System.Net;
using Headroom.Client;
using Headroom.Client.Jobs;
using Headroom.Client.Series;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>The C# client against a real server.</summary>
public sealed class ClientTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Metric = "container.cpu.usage";
    private static readonly TimeSpan History = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_series_live_values_jobs_and_refusals_come_as_records()
    {
        await using var feeder = await Feeder.StartAsync(database, "client", History, Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = HeadroomClient.Connect(web.Address);
        Assert.True(await client.IsReadyAsync(Cancellation));

        var host = await client.Hosts.ListAsync(Cancellation).SingleAsync(host => host.Name == "client", Cancellation);
        Assert.Equal(host.Key, (await client.Hosts.GetAsync(host.Id, Cancellation)).Key);
        var workloads = await client.Hosts.EntitiesAsync(host.Id, "Workload", Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(["first", "second"], workloads.Select(workload => workload.Name).Order());
        await ReadsSeries(client, host.Id, workloads[0].Id);
        await FollowsAJob(client);
        await ToldWhy(client);
    }

    private static async Task ReadsSeries(HeadroomClient client, int host, int workload)
    {
        var now = TimeProvider.System.GetUtcNow();
        var question = new SeriesQuestion(host, workload, [Metric], now - History, now, 60);
        var series = Assert.Single(await client.Series.ReadAsync(question, Cancellation));
        Assert.Equal((host, workload, Metric), (series.Host, series.Entity, series.Metric));
        Assert.Contains(series.Mean, value => value is not null);
        Assert.Equal("HRS1"u8.ToArray(), (await client.Series.ReadBinaryAsync(question, Cancellation))[..4]);

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        enough.CancelAfter(Patience.Limit);
        Assert.StartsWith("[[", await client.Series.FollowAsync(question, enough.Token).FirstAsync(enough.Token), StringComparison.Ordinal);
    }

    private static async Task FollowsAJob(HeadroomClient client)
    {
        var started = await client.Jobs.StartAsync(
            "/api/v1/backtests",
            new { trace = "csv", predictors = new[] { "max" }, csv = "host,vm,t_unix,requested,used\n" + string.Join('\n', Enumerable.Range(0, 200).Select(step => $"h,a,{step * 300},4,{step % 3}")) },
            Cancellation,
            idempotencyKey: Guid.NewGuid().ToString());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience.Limit);
        var ended = await client.Jobs.WaitAsync(started.Id, limit.Token, TimeSpan.FromMilliseconds(100));
        Assert.True(ended.State == JobState.Succeeded, ended.Error);
    }

    private static async Task ToldWhy(HeadroomClient client)
    {
        var refused = await Assert.ThrowsAsync<ApiProblemException>(() => client.Hosts.GetAsync(987_654, Cancellation));
        Assert.Equal((HttpStatusCode.NotFound, "urn:headroom:host-not-found"), (refused.StatusCode, refused.Problem.Type));
        Assert.Contains("987654", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Problem.TraceId);
    }
}
