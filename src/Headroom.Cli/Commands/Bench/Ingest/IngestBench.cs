using System.CommandLine;
using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Cli.Reporting;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>
/// <c>bench ingest</c>: frames over HTTP into committed rows with default durability, beside a bare binary COPY of the same rows and
/// beside Prometheus' remote-write receiver taking the same series, in turns on this machine.
/// </summary>
internal static class IngestBench
{
    private const int FramesPerBatch = 30;
    private const int Concurrency = 16;
    private const double LeastOfCopy = 0.5;
    private const double LeastOfPrometheus = 5;

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents that send (default 200).", DefaultValueFactory = _ => 200 };
        var rounds = new Option<int>("--rounds") { Description = "Batches that every agent sends (default 5).", DefaultValueFactory = _ => 5 };
        var json = CommandOptions.Json();
        var command = new Command("ingest", "Frames over HTTP into committed rows, beside a bare COPY and Prometheus.") { agents, rounds, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ReportWriter.Write(await MeasureAsync(Math.Max(1, parsed.GetValue(agents)), Math.Max(1, parsed.GetValue(rounds)), cancellationToken), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(int agentCount, int rounds, CancellationToken cancellationToken)
    {
        await using var platform = await BenchPlatform.StartAsync(withServer: true, cancellationToken);
        await using var services = new ServiceCollection().AddHeadroomStorage(platform.ConnectionString).AddHeadroomEnrolment().BuildServiceProvider();
        using var server = new HttpClient { BaseAddress = platform.Address };
        var agents = new List<SimulatedAgent>();
        for (var i = 0; i < agentCount; i++)
        {
            agents.Add(await SimulatedAgent.EnrolAsync(i, services.GetRequiredService<Enrolment>(), server, cancellationToken));
        }

        var start = TimeProvider.System.GetUtcNow().AddHours(-1);
        var batches = Enumerable.Range(0, rounds + 1)
            .Select(round => (IReadOnlyList<FrameBatch>)[.. agents.Select(agent => agent.Next(start.AddSeconds(round * FramesPerBatch), FramesPerBatch))]).ToList();
        var measured = batches[1..];
        var values = (long)rounds * agentCount * FramesPerBatch * SimulatedAgent.ValuesPerFrame;

        // The first round meets cold caches everywhere and is not counted.
        await SendAsync(server, agents, batches[..1], cancellationToken);
        await using var database = NpgsqlDataSource.Create(platform.ConnectionString);
        var copyBefore = await BareCopy.MeasureAsync(database, measured, cancellationToken);
        var native = values / await SendAsync(server, agents, measured, cancellationToken);
        var copyAfter = await BareCopy.MeasureAsync(database, measured, cancellationToken);
        await EnsureStoredAsync(database, (rounds + 1L) * agentCount * FramesPerBatch * 2, cancellationToken);
        var copy = (copyBefore + copyAfter) / 2;

        var figures = new List<Figure> { Figure.Versus("ingest.native", native, "samples/s", "copy", copy) };
        var rows = new List<IReadOnlyList<object?>>
        {
            new object?[] { "headroom", native, "HTTP, zstd, exactly once, committed", $"at least {LeastOfCopy} of copy" },
            new object?[] { "copy", copy, "binary COPY, one connection, committed", null },
        };
        if (PrometheusServer.IsInstalled)
        {
            var prometheus = await PrometheusRateAsync(agents, measured, values, cancellationToken);
            figures.Add(new Figure("ingest.native.vs_prometheus", native / prometheus, "ratio", "limit", LeastOfPrometheus, native / prometheus / LeastOfPrometheus));
            rows.Add(new object?[] { "prometheus", prometheus, "remote write, snappy", null });
        }

        return new Report($"bench ingest --agents {agentCount} --rounds {rounds}", Machine.Read(), 0, figures, [new Table("ingest", ["receiver", "samples_per_s", "how", "target"], rows)]);
    }

    private static async Task<double> SendAsync(HttpClient server, List<SimulatedAgent> agents, IReadOnlyList<IReadOnlyList<FrameBatch>> rounds, CancellationToken cancellationToken)
    {
        // Encoding is the agents' work, on their own machines.
        var bodies = agents.Select((agent, i) => (Agent: agent, Bodies: rounds.Select(round => FrameBatchCodec.Encode(round[i])).ToList())).ToList();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (sender, token) =>
        {
            foreach (var body in sender.Bodies)
            {
                await sender.Agent.SendAsync(server, body, token);
            }
        });
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task EnsureStoredAsync(NpgsqlDataSource database, long expected, CancellationToken cancellationToken)
    {
        await using var count = database.CreateCommand("SELECT count(*) FROM samples");
        var stored = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        if (stored != expected)
        {
            throw new InvalidOperationException($"expected {expected} rows in the store after the bench, found {stored}");
        }
    }

    private static async Task<double> PrometheusRateAsync(List<SimulatedAgent> agents, IReadOnlyList<IReadOnlyList<FrameBatch>> rounds, long values, CancellationToken cancellationToken)
    {
        await using var prometheus = await PrometheusServer.StartAsync(cancellationToken);
        var names = MetricCatalogue.Current.For(EntityKind.Workload).Select(metric => metric.Name.Replace('.', '_')).ToList();
        var bodies = agents.Select((agent, i) => rounds.Select(round => Body(agent.Number, names, round[i])).ToList()).ToList();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (sender, token) =>
        {
            foreach (var body in sender)
            {
                await prometheus.WriteAsync(body, token);
            }
        });
        return values / clock.Elapsed.TotalSeconds;
    }

    private static byte[] Body(int agent, List<string> names, FrameBatch batch)
    {
        using var body = new RemoteWriteBody();
        foreach (var workload in batch.Entities)
        {
            for (var metric = 0; metric < names.Count; metric++)
            {
                body.Add(
                    [("__name__", names[metric]), ("instance", $"bench-{agent}"), ("workload", workload.Key)],
                    batch.Frames.Select(frame => (frame.At.ToUnixTimeMilliseconds(), (double)frame.Samples[workload.LocalId].Values[metric]!.Value)));
            }
        }

        return body.Take();
    }
}
