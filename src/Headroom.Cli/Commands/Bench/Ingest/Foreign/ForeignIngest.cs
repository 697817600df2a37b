using System.Diagnostics;
using System.Net.Http.Headers;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Ingestion.Enrolling;
using Npgsql;

namespace Headroom.Cli.Commands.Bench.Ingest.Foreign;

/// <summary>Several senders of a foreign protocol, each with machines of its own, and what their points cost until they are committed rows.</summary>
internal static class ForeignIngest
{
    private const int Senders = 8;
    private const int MachinesPerSender = 18;

    /// <summary>Sends, and returns points per second of time, and per second of CPU that server and database used.</summary>
    /// <exception cref="HttpRequestException">Something of a request was refused.</exception>
    /// <exception cref="InvalidOperationException">The store holds less than was sent.</exception>
    public static async Task<(double PerSecond, double PerCoreSecond)> MeasureAsync(
        IForeignProtocol protocol, BenchPlatform platform, Enrolment enrolment, HttpClient server, int seconds, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetUtcNow().AddSeconds(-seconds - 1);
        start = DateTimeOffset.FromUnixTimeSeconds(start.ToUnixTimeSeconds());
        var senders = new List<(AuthenticationHeaderValue Key, List<byte[]> Bodies)>();
        for (var sender = 0; sender < Senders; sender++)
        {
            var key = await enrolment.CreateIngestKeyAsync($"{protocol.Name} {sender}", cancellationToken);
            var machines = Enumerable.Range(0, MachinesPerSender).Select(i => new SimulatedMachine($"{protocol.Name}-{sender}-{i}", (sender * MachinesPerSender) + i)).ToList();
            senders.Add((new AuthenticationHeaderValue("Bearer", key.BearerToken), Bodies(protocol, machines, start, seconds + 1)));
        }

        // The first second registers hosts and series and makes no rate yet.
        await SendAsync(protocol, server, senders, 0, 1, cancellationToken);
        var before = await platform.CpuSecondsAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        await SendAsync(protocol, server, senders, 1, seconds, cancellationToken);
        var elapsed = clock.Elapsed.TotalSeconds;
        var used = await platform.CpuSecondsAsync(cancellationToken) - before;
        await using var database = NpgsqlDataSource.Create(platform.ConnectionString);
        await StoredRows.EnsureAsync(database, protocol.Name + "-%", (long)Senders * MachinesPerSender * (1 + (seconds * (1 + MachineSeries.PartCount))), cancellationToken);
        var points = (double)Senders * MachinesPerSender * MachineSeries.All.Count * seconds;
        return (points / elapsed, points / used);
    }

    private static List<byte[]> Bodies(IForeignProtocol protocol, List<SimulatedMachine> machines, DateTimeOffset start, int seconds)
    {
        var bodies = new List<byte[]>();
        for (var second = 0; second < seconds; second++)
        {
            machines.ForEach(machine => machine.Step());
            bodies.Add(protocol.Encode(machines, start.AddSeconds(second)));
        }

        return bodies;
    }

    private static Task SendAsync(
        IForeignProtocol protocol, HttpClient server, List<(AuthenticationHeaderValue Key, List<byte[]> Bodies)> senders, int first, int count, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(senders, new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = cancellationToken }, async (sender, token) =>
        {
            foreach (var body in sender.Bodies.Skip(first).Take(count))
            {
                using var request = protocol.Request(body);
                request.Headers.Authorization = sender.Key;
                using var response = await server.SendAsync(request, token);
                var answer = await response.Content.ReadAsByteArrayAsync(token);
                if (!response.IsSuccessStatusCode || answer.Length > 0)
                {
                    throw new HttpRequestException($"{protocol.Name}: the server answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(answer)}");
                }
            }
        });
}
