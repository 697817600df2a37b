using System.CommandLine;
using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Cli.Reporting;
using Headroom.Client;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Cli.Commands.Bench.Load;

/// <summary><c>bench load</c>: agents at 1 Hz and people on live pages, all on this machine, and how many agents it takes until answers are slow.</summary>
internal static class LoadBench
{
    private const double SlowMilliseconds = 1_000;
    private const double GrowthPerStep = 1.5;
    private const int MostAgents = 20_000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    /// <summary>Memory is compared from here on: before, caches fill.</summary>
    private const double SettledShare = 0.4;

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents that send once a second (default 500).", DefaultValueFactory = _ => 500 };
        var people = new Option<int>("--people") { Description = "People on live pages (default 20).", DefaultValueFactory = _ => 20 };
        var minutes = new Option<double>("--minutes") { Description = "How long (default 5).", DefaultValueFactory = _ => 5 };
        var limit = new Option<bool>("--limit") { Description = "Whether to raise the agents afterwards until the 99th percentile passes 1 s (default true).", DefaultValueFactory = _ => true };
        var json = CommandOptions.Json();
        var command = new Command("load", "Agents and people at once: loss, answer times, memory, and the limit.") { agents, people, minutes, limit, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new Plan(Math.Max(1, parsed.GetValue(agents)), Math.Max(0, parsed.GetValue(people)), TimeSpan.FromMinutes(Math.Max(0.1, parsed.GetValue(minutes))), parsed.GetValue(limit));
            ReportWriter.Write(await MeasureAsync(plan, cancellationToken), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var platform = await BenchPlatform.StartAsync(withServer: true, cancellationToken);
        await using var services = new ServiceCollection().AddHeadroomStorage(platform.ConnectionString).AddHeadroomEnrolment().BuildServiceProvider();
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue };
        using var server = new HttpClient(handler) { BaseAddress = platform.Address };
        var agents = new LoadAgents(services.GetRequiredService<Enrolment>(), server);
        await agents.GrowAsync(plan.Agents, cancellationToken);

        // Everybody sends once before anybody looks, so that there is something to see.
        await agents.SendAsync(TimeSpan.FromSeconds(2), cancellationToken);
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var client = new HeadroomClient(server);
        var people = new LoadPeople(client);
        var pages = people.LookAsync(plan.People, looking.Token);
        var memory = MemoryAsync(platform.WebProcessId, plan.Duration, cancellationToken);
        var acknowledged = await agents.SendAsync(plan.Duration, cancellationToken);
        var growth = await memory;
        var lost = agents.Sent - await StoredFramesAsync(platform.ConnectionString, cancellationToken);
        var steps = plan.FindLimit ? await RaiseAsync(agents, acknowledged, cancellationToken) : [];
        await looking.CancelAsync();
        var seen = await pages;

        var figures = new List<Figure>
        {
            new("load.lost", lost, "{frame}"),
            Figure.Versus("load.ack_p99_ms", acknowledged.Percentile(0.99) ?? 0, "ms", "limit", SlowMilliseconds),
            Figure.Versus("load.page_p99_ms", seen.Percentile(0.99) ?? 0, "ms", "limit", SlowMilliseconds),
            new("load.rss_growth_mib", growth, "MiBy"),
        };
        if (plan.FindLimit)
        {
            figures.Add(new Figure("load.max_agents", steps.Where(step => step.P99 <= SlowMilliseconds).Select(step => step.Agents).DefaultIfEmpty(0).Max(), "{agent}"));
        }

        return new Report(
            $"bench load --agents {plan.Agents} --people {plan.People} --minutes {plan.Duration.TotalMinutes:0.##}", Machine.Read(), 0, figures,
            [
                new Table("load", ["agents", "people", "minutes", "frames", "ack_p50_ms", "ack_p99_ms", "page_answers", "page_p50_ms", "page_p99_ms", "live_events"],
                    [[plan.Agents, plan.People, plan.Duration.TotalMinutes, agents.Sent, acknowledged.Percentile(0.5), acknowledged.Percentile(0.99), seen.Count, seen.Percentile(0.5), seen.Percentile(0.99), people.LiveEvents]]),
                new Table("limit", ["agents", "ack_p99_ms"], [.. steps.Select(step => (IReadOnlyList<object?>)[step.Agents, step.P99])]),
            ]);
    }

    private static async Task<List<(int Agents, double P99)>> RaiseAsync(LoadAgents agents, Latencies first, CancellationToken cancellationToken)
    {
        var steps = new List<(int Agents, double P99)> { (agents.Count, first.Percentile(0.99) ?? 0) };
        while (steps[^1].P99 <= SlowMilliseconds && agents.Count < MostAgents)
        {
            await agents.GrowAsync((int)(agents.Count * GrowthPerStep), cancellationToken);
            steps.Add((agents.Count, (await agents.SendAsync(Step, cancellationToken)).Percentile(0.99) ?? 0));
        }

        return steps;
    }

    /// <summary>How much the server's resident memory grew from when its caches were full until the end, MiB.</summary>
    private static async Task<double> MemoryAsync(int processId, TimeSpan duration, CancellationToken cancellationToken)
    {
        await Task.Delay(duration * SettledShare, cancellationToken);
        var before = Resident();
        await Task.Delay(duration * (0.98 - SettledShare), cancellationToken);
        return (Resident() - before) / (double)(1 << 20);

        long Resident()
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }
    }

    private static async Task<long> StoredFramesAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var count = database.CreateCommand("SELECT count(DISTINCT (host_id, at)) FROM samples");
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private sealed record Plan(int Agents, int People, TimeSpan Duration, bool FindLimit);
}
