using System.Diagnostics;
using System.Globalization;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>The real agent and the real server, through everything that loses frames. The agent ticks a hundred times as fast as usual.</summary>
public sealed class LossTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const double TickSeconds = 0.01;
    private const int TicksWithoutServer = 3_000;
    private const int Lives = 3;

    // A frame needs to be there, not rich: collectors that take longer than a tick are off.
    private const string Disabled = "workloads,perf,gpu,disk,filesystem,network,softnet,sockets,protocols,temperature,power,cache,memory-errors,numa,frequency,paging,limits";

    /// <summary>Bytes that the spool grows by in each life, whatever the machine is busy with: some hundred frames.</summary>
    private const long LeastSpooledBytesPerLife = 30_000;

    /// <summary>A segment of fewer bytes has only just been begun and holds no frame to tear.</summary>
    private const long ShortestTornBytes = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-loss-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_away_an_agent_killed_twice_a_torn_segment_and_lost_answers_cost_no_frame_that_is_not_counted()
    {
        await using var network = await LossyProxy.StartAsync(Token);
        var connection = database.ConnectionString;
        long storedBefore;
        Process agent;
        await using (var server = await WebProgram.StartAsync(connection, Token))
        {
            network.Target = server.Address;
            await EnrolAsync(connection, network.Address);
            agent = StartAgent();
            await Patience.UntilAsync("the first hundred frames", async () => await CountAsync(StoredFrames) > 100);
            storedBefore = await CountAsync(StoredFrames);
        }

        for (var life = 1; life < Lives; life++)
        {
            await SpoolForALifeAsync();
            await EndAsync(agent, "KILL");
            if (life == Lives - 1)
            {
                TearLastSegment();
            }

            agent = StartAgent();
        }

        await SpoolForALifeAsync();
        await using (var server = await WebProgram.StartAsync(connection, Token))
        {
            network.Target = server.Address;
            var back = TimeProvider.System.GetUtcNow();
            await Patience.UntilAsync("a frame of now", async () => await LastFrameAtAsync() > back);
            await EndAsync(agent, "INT");
        }

        var (stored, dropped, accounted) = (await CountAsync(StoredFrames), await CountAsync("SELECT coalesce(sum(frame_count), 0)::bigint FROM gaps"), await CountAsync("SELECT sum(acknowledged_sequence + 1)::bigint FROM agent_epochs"));
        TestContext.Current.SendDiagnosticMessage($"{accounted} frames: {stored} stored, {dropped} dropped and counted, {network.DuplicateFrames} sent again");
        Assert.Equal(accounted, stored + dropped);
        Assert.InRange(dropped, 1, 10);
        Assert.True(network.DuplicateFrames > 0, "no frame was sent twice");
        Assert.True(stored - storedBefore > TicksWithoutServer / 10, $"expected frames of the time without a server, got {stored - storedBefore}");
    }

    private const string StoredFrames = "SELECT count(*) FROM samples JOIN entities USING (host_id, entity_id) WHERE kind = 1";

    private async Task EnrolAsync(string connection, Uri server)
    {
        await using var services = new ServiceCollection().AddHeadroomStorage(connection).AddHeadroomEnrolment().BuildServiceProvider();
        var token = await services.GetRequiredService<Enrolment>().CreateTokenAsync("loss test", TimeSpan.FromMinutes(5), Token);
        using var enrolment = Agent("enrol", "--server", server.ToString(), "--token", token);
        await enrolment.WaitForExitAsync(Token);
        Assert.Equal(0, enrolment.ExitCode);
    }

    private Process StartAgent() => Agent(
        "run", "--set", string.Create(CultureInfo.InvariantCulture, $"intervalSeconds={TickSeconds}"), "--set", $"disabledCollectors={Disabled}", "--set", "sending.maxRetrySeconds=1");

    private Process Agent(string command, params string[] arguments) =>
        Programs.StartQuietly(Programs.File("Headroom.Agent", "headroom-agent"), [command, .. arguments, "--set", $"dataFolder={_folder}"]);

    private static async Task EndAsync(Process agent, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", agent.Id.ToString(CultureInfo.InvariantCulture)]);
        await agent.WaitForExitAsync(Token).WaitAsync(Patience.Limit, Token);
        agent.Dispose();
    }

    private void TearLastSegment()
    {
        var last = Directory.GetFiles(Path.Combine(_folder, "spool"), "*.seg").Order(StringComparer.Ordinal).Last(segment => new FileInfo(segment).Length > ShortestTornBytes);
        using var file = new FileStream(last, FileMode.Open, FileAccess.Write);
        file.SetLength(file.Length - 3);
    }

    private async Task SpoolForALifeAsync()
    {
        var before = SpooledBytes();
        await Task.Delay(TimeSpan.FromSeconds(TickSeconds * TicksWithoutServer / Lives), Token);
        await Patience.UntilAsync("frames in the spool", () => Task.FromResult(SpooledBytes() > before + LeastSpooledBytesPerLife));
    }

    private long SpooledBytes() => new DirectoryInfo(Path.Combine(_folder, "spool")).EnumerateFiles("*.seg").Sum(file => file.Length);

    private async Task<DateTimeOffset?> LastFrameAtAsync()
    {
        await using var command = database.DataSource.CreateCommand("SELECT max(last_frame_at) FROM agent_epochs");
        return await command.ExecuteScalarAsync(Token) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
