using System.CommandLine;
using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Ingest;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Cli.Commands.Up;
using Headroom.Cli.Reporting;
using Headroom.Client;
using Headroom.Client.Series;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Bench.Storage;

/// <summary><c>bench query</c>: how long a page waits for a day of eight series, over HTTP, while agents send once a second.</summary>
internal static class QueryBench
{
    private const int SeriesPerQuery = 8;
    private const int Points = 1_500;
    private const int Agents = 100;
    private const double MostMilliseconds = 300;

    public static Command Create()
    {
        var recording = new Option<string?>("--recording") { Description = "Recording of the agent to loop (default: the hour of a busy host in datasets/busy-host)." };
        var hours = new Option<int>("--hours") { Description = "Hours to store and ask for (default 24).", DefaultValueFactory = _ => 24 };
        var queries = new Option<int>("--queries") { Description = "Questions to ask (default 200).", DefaultValueFactory = _ => 200 };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("query", "Time to read a day of eight series while ingestion runs.") { recording, hours, queries, seed, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var looped = LoopedRecording.Read(parsed.GetValue(recording) ?? BusyHost.File(ProgramPaths.Find().Root));
            ReportWriter.Write(
                await MeasureAsync(looped, Math.Clamp(parsed.GetValue(hours), 1, 24 * 30), Math.Max(1, parsed.GetValue(queries)), parsed.GetValue(seed), cancellationToken),
                parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(LoopedRecording recording, int hours, int queries, int seed, CancellationToken cancellationToken)
    {
        await using var platform = await BenchPlatform.StartAsync(withServer: true, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var (host, _) = await StoredHours.StoreAsync(platform.ConnectionString, recording, hours, end, TerminalProgress.Create("Storing"), cancellationToken);
        await using var services = new ServiceCollection().AddHeadroomStorage(platform.ConnectionString).AddHeadroomEnrolment().BuildServiceProvider();
        using var server = new HttpClient { BaseAddress = platform.Address };
        using var client = new HeadroomClient(server);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = await StartAgentsAsync(services, server, stop.Token);
        var times = await AskAsync(services, client, host, end, hours, queries, seed, cancellationToken);
        await stop.CancelAsync();
        var sent = await sending;

        times.Sort();
        double Percentile(double share) => times[Math.Min(times.Count - 1, (int)(share * times.Count))];
        return new Report(
            $"bench query --hours {hours} --queries {queries}", Machine.Read(), seed,
            [
                Figure.Versus("query.p95_ms", Percentile(0.95), "ms", "limit", MostMilliseconds),
                new Figure("query.p50_ms", Percentile(0.5), "ms"),
                new Figure("query.max_ms", times[^1], "ms"),
                new Figure("query.ingested_frames_meanwhile", sent, "1"),
            ],
            [new Table("question", ["series", "seconds_per_point_stored", "hours", "points_per_series", "agents_sending"], [[SeriesPerQuery, 1, hours, Points, Agents]])]);
    }

    private static async Task<List<double>> AskAsync(
        ServiceProvider services, HeadroomClient server, int host, DateTimeOffset end, int hours, int queries, int seed, CancellationToken cancellationToken)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<HeadroomDbContext>>().CreateDbContextAsync(cancellationToken);
        var entity = await context.Entities.Where(entity => entity.HostId == host && entity.Kind == EntityKind.Host).Select(entity => entity.EntityId).SingleAsync(cancellationToken);
        var metrics = MetricCatalogue.Current.For(EntityKind.Host);
        var random = new Random(seed);
        var times = new List<double>();
        for (var i = 0; i < queries + 5; i++)
        {
            string[] chosen = [.. Enumerable.Range(0, SeriesPerQuery).Select(_ => metrics[random.Next(metrics.Count)].Name)];
            // Not twice the same range, so that nothing can be answered from a memory of the answer.
            var to = end.AddSeconds(-random.Next(600));
            var clock = Stopwatch.GetTimestamp();
            await server.Series.ReadBinaryAsync(new SeriesQuestion(host, entity, chosen, to.AddHours(-hours), to, Points), cancellationToken);
            if (i >= 5)
            {
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }

        return times;
    }

    private static async Task<Task<long>> StartAgentsAsync(ServiceProvider services, HttpClient server, CancellationToken cancellationToken)
    {
        var agents = new List<SimulatedAgent>();
        for (var i = 0; i < Agents; i++)
        {
            agents.Add(await SimulatedAgent.EnrolAsync(i, services.GetRequiredService<Enrolment>(), server, cancellationToken));
        }

        return SendAsync(agents, cancellationToken);
    }

    private static async Task<long> SendAsync(List<SimulatedAgent> agents, CancellationToken cancellationToken)
    {
        long sent = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var at = TimeProvider.System.GetUtcNow();
                await Parallel.ForEachAsync(agents, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (agent, token) =>
                {
                    await agent.SendAsync(FrameBatchCodec.Encode(agent.Next(at, 1)), token);
                    Interlocked.Increment(ref sent);
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The questions are answered.
        }

        return sent;
    }
}
