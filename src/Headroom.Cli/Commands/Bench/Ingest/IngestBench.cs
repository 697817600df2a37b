using System.CommandLine;
using Headroom.Cli.Commands.Bench.Ingest.Foreign;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Cli.Reporting;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Telemetry.Frames;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>
/// <c>bench ingest</c>: frames over HTTP into committed rows with default durability, beside a bare binary COPY of the same rows and
/// beside Prometheus' remote-write receiver taking the same series, in turns on this machine; then what other senders' points cost.
/// </summary>
internal static class IngestBench
{
    private const int FramesPerBatch = 30;

    /// <summary>Rounds that meet cold caches and code that the runtime has not optimised yet; they are stored and not counted.</summary>
    private const int WarmUpRounds = 3;

    /// <summary>Rounds that Prometheus gets in the form of its own sender, whose bodies take ten times the memory.</summary>
    private const int RoundsAsSent = 3;

    private const double LeastOfCopy = 0.5;
    private const double LeastOfPrometheus = 5;

    private static readonly IForeignProtocol[] Foreign = [new Otlp(), new RemoteWrite()];

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents that send (default 200).", DefaultValueFactory = _ => 200 };
        var rounds = new Option<int>("--rounds") { Description = "Batches that every agent sends (default 10).", DefaultValueFactory = _ => 10 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds of data that each foreign sender sends (default 60).", DefaultValueFactory = _ => 60 };
        var json = CommandOptions.Json();
        var command = new Command("ingest", "Frames over HTTP into committed rows, beside a bare COPY and Prometheus; OTLP and remote write.") { agents, rounds, seconds, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await MeasureAsync(
                Math.Max(1, parsed.GetValue(agents)), Math.Clamp(parsed.GetValue(rounds), 1, 100), Math.Clamp(parsed.GetValue(seconds), 1, 1_500), cancellationToken);
            ReportWriter.Write(report, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(int agentCount, int rounds, int seconds, CancellationToken cancellationToken)
    {
        await using var platform = await BenchPlatform.StartAsync(withServer: true, cancellationToken);
        await using var services = new ServiceCollection().AddHeadroomStorage(platform.ConnectionString).AddHeadroomEnrolment().BuildServiceProvider();
        var enrolment = services.GetRequiredService<Enrolment>();
        using var server = new HttpClient { BaseAddress = platform.Address };
        var agents = new List<SimulatedAgent>();
        for (var i = 0; i < agentCount; i++)
        {
            agents.Add(await SimulatedAgent.EnrolAsync(i, enrolment, server, cancellationToken));
        }

        var start = TimeProvider.System.GetUtcNow().AddSeconds(-FramesPerBatch * (rounds + WarmUpRounds));
        var batches = Enumerable.Range(0, rounds + WarmUpRounds)
            .Select(round => (IReadOnlyList<FrameBatch>)[.. agents.Select(agent => agent.Next(start.AddSeconds(round * FramesPerBatch), FramesPerBatch))]).ToList();
        var measured = batches[WarmUpRounds..];
        var values = (long)rounds * agentCount * FramesPerBatch * SimulatedAgent.ValuesPerFrame;

        await NativeIngest.MeasureAsync(platform, agents, batches[..WarmUpRounds], cancellationToken);
        await using var database = NpgsqlDataSource.Create(platform.ConnectionString);
        var copyBefore = await BareCopy.MeasureAsync(database, measured, cancellationToken);
        var (elapsed, cpu) = await NativeIngest.MeasureAsync(platform, agents, measured, cancellationToken);
        var copyAfter = await BareCopy.MeasureAsync(database, measured, cancellationToken);
        await StoredRows.EnsureAsync(database, "bench-%", (long)(rounds + WarmUpRounds) * agentCount * FramesPerBatch * SimulatedAgent.Workloads, cancellationToken);
        var (native, copy) = (values / elapsed, (copyBefore + copyAfter) / 2);

        var figures = new List<Figure> { Figure.Versus("ingest.native", native, "samples/s", "copy", copy) };
        var rows = new List<IReadOnlyList<object?>>
        {
            new object?[] { "headroom", native, values / cpu, "HTTP, zstd, exactly once, committed", $"at least {LeastOfCopy} of copy" },
            new object?[] { "copy", copy, null, "binary COPY, one connection, committed", null },
        };
        if (PrometheusServer.IsInstalled)
        {
            var asSent = await PrometheusIngest.MeasureAsSentAsync(agents, measured[..Math.Min(RoundsAsSent, rounds)], cancellationToken);
            var packed = await PrometheusIngest.MeasurePackedAsync(agents, measured, cancellationToken);
            figures.Add(new Figure("ingest.native.vs_prometheus", native / asSent, "ratio", "limit", LeastOfPrometheus, native / asSent / LeastOfPrometheus));
            figures.Add(new Figure("ingest.native.vs_prometheus_packed", native / packed, "ratio"));
            rows.Add(new object?[] { "prometheus", asSent, null, "remote write, snappy, as its own sender sends: one sample per series, 2,000 per body", $"at most 1/{LeastOfPrometheus}" });
            rows.Add(new object?[] { "prometheus packed", packed, null, "remote write, snappy, 30 samples per series and body, as no sender of it does", null });
        }

        foreach (var protocol in Foreign)
        {
            var (perSecond, perCoreSecond) = await ForeignIngest.MeasureAsync(protocol, platform, enrolment, server, seconds, cancellationToken);
            figures.Add(new Figure(protocol.Name, perCoreSecond, "data points/s per core"));
            rows.Add(new object?[] { protocol.Name, perSecond, perCoreSecond, $"{protocol.How}, mapped, merged, committed", null });
        }

        var table = new Table("ingest", ["receiver", "samples_per_s", "samples_per_s_per_core", "how", "target"], rows);
        return new Report($"bench ingest --agents {agentCount} --rounds {rounds} --seconds {seconds}", Machine.Read(), 0, figures, [table]);
    }
}
