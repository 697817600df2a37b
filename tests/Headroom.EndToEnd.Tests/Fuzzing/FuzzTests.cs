using System.Globalization;
using Headroom.EndToEnd.Tests.Api;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Every way into the server with bodies that nobody should send. A short round in the suite; with <c>HEADROOM_FUZZ_MINUTES</c> it goes on for that
/// long, with <c>HEADROOM_FUZZ_SEED</c> elsewhere.
/// </summary>
public sealed class FuzzTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int ShortRounds = 8;
    private const int MostFindings = 20;

    /// <summary>768 MiB, hexadecimal: with it the collector clears up as on a small machine, and what needs more without bounds fails.</summary>
    private const string HeapLimit = "0x30000000";

    private static readonly TimeSpan History = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Seed => int.Parse(Environment.GetEnvironmentVariable("HEADROOM_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);

    private static TimeSpan? Duration => Environment.GetEnvironmentVariable("HEADROOM_FUZZ_MINUTES") is { Length: > 0 } minutes
        ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)) : null;

    [Fact]
    public async Task Whatever_is_sent_the_server_answers_without_an_error_of_its_own_a_hang_or_memory_without_bounds()
    {
        await using var feeder = await Feeder.StartAsync(database, "http-files", History, Cancellation);

        // Without workers: what a body asks for waits in the queue and keeps no core busy.
        await using var web = await WebProgram.StartAsync(
            database.ConnectionString,
            new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["Headroom__Roles"] = "web,ingest", ["Headroom__Ingestion__FailedLoginsPerSecondPerAddress"] = "100000", ["Headroom__Ingestion__RequestsPerSecondPerSender"] = "100000" },
            Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address, Timeout = Timeout.InfiniteTimeSpan };
        var targets = await TargetsAsync(web, client);
        var server = new FuzzedServer(web, client);
        var findings = new List<string>();
        var ends = TimeProvider.System.GetUtcNow() + Duration;
        for (var round = 0; (ends is { } end ? TimeProvider.System.GetUtcNow() < end : round < ShortRounds) && findings.Count < MostFindings; round++)
        {
            foreach (var (target, number) in targets.Select((target, number) => (target, number)))
            {
                var request = target.Make(new Random(unchecked((Seed * 1_000_003) + (round * 7_919) + number)));
                if (await server.SendAsync(target.Name, request, Cancellation) is { } broken)
                {
                    findings.Add($"{target.Name}, seed {Seed}, round {round}: {broken}\n  {request}");
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(server.Report);
        Assert.True(findings.Count == 0, $"{string.Join('\n', findings)}\n{server.Report}\n{web.LastLines}");
    }

    /// <summary>Every way in; the valid requests behind them are sent once on the way.</summary>
    private async Task<IReadOnlyList<FuzzTarget>> TargetsAsync(WebProgram web, HttpClient client)
    {
        using var recording = new RecordingHandler();
        using var editor = new HttpClient(recording, disposeHandler: false);
        foreach (var file in HttpFile.All())
        {
            var run = new HttpFileRun(file, web.Address);
            foreach (var request in file.Requests.Where(request => !request.Address.Contains("/live", StringComparison.Ordinal)))
            {
                await run.SendAsync(editor, request, Cancellation);
            }
        }

        return [.. await ReceiverTargets.MakeAsync(database.ConnectionString, client, Cancellation), .. FileTargets.Make(), .. ApiTargets.Make(recording.Kept)];
    }
}
