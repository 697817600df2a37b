using System.Globalization;
using Headroom.Jobs.Power;
using Headroom.Oversubscription.Power.Polca;
using Headroom.Storage;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests;

/// <summary>The live power controller on telemetry in a real store, with a made-up powercap folder.</summary>
[Collection(HangfireStatics.Name)]
public sealed class RowWatchTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const long Found = 100_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-watch").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Decisions_outlive_the_server_and_limits_are_written_only_where_the_operator_allows_it()
    {
        var limit = MakePackage();
        using (var dry = Build(writeLimits: false))
        {
            var state = await WatchAsync(dry, state => state.Ledger.Count == 1);
            Assert.StartsWith("a dry run", state.Mode, StringComparison.Ordinal);
            Assert.Equal(PowerLevel.T2, state.Level);
            Assert.Equal((900, (string?)null), (state.Ledger[0].Watts, state.Ledger[0].Written));
            Assert.Equal(Found, ReadLimit(limit));
        }

        using (var writing = Build(writeLimits: true))
        {
            var state = await WatchAsync(writing, state => state.Ledger.Count == 2);
            Assert.Contains("through rapl", state.Mode, StringComparison.Ordinal);
            Assert.StartsWith("package-0 limited to ", state.Ledger[0].Written, StringComparison.Ordinal);
            Assert.Null(state.Ledger[1].Written);
            Assert.InRange(ReadLimit(limit), 1, Found - 1);
        }

        Assert.Equal(Found, ReadLimit(limit));
    }

    private async Task<RowWatchState> WatchAsync(IHost host, Func<RowWatchState, bool> wanted)
    {
        var agent = await database.AddAgentAsync("row", Cancellation);
        var watch = host.Services.GetRequiredService<RowWatch>();
        await WriteAsync(host.Services.GetRequiredService<TelemetryWriter>(), agent.AgentId, watts: 900);
        await watch.StartAsync(Cancellation);
        try
        {
            while (watch.Latest is not { } state || !wanted(state))
            {
                await Task.Delay(50, Cancellation);
            }

            return watch.Latest;
        }
        finally
        {
            await watch.StopAsync(CancellationToken.None);
        }
    }

    private IHost Build(bool writeLimits)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", database.ConnectionString),
            new("Headroom:Power:ProvisionedWatts", "1000"),
            new("Headroom:Power:WatchSeconds", "1"),
            new("Headroom:Power:HostPriority", "low"),
            new("Headroom:Power:WriteLimits", writeLimits.ToString()),
            new("Headroom:Power:PowercapFolder", _folder),
            new("Headroom:Power:NvmlLibrary", "libnot-there.so.1"),
        ]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        return builder.Build();
    }

    private string MakePackage()
    {
        var zone = Directory.CreateDirectory(Path.Combine(_folder, "intel-rapl:0")).FullName;
        File.WriteAllText(Path.Combine(zone, "name"), "package-0\n");
        var limit = Path.Combine(zone, "constraint_0_power_limit_uw");
        File.WriteAllText(limit, $"{Found}\n");
        return limit;
    }

    private static long ReadLimit(string path) => long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);

    private static async Task WriteAsync(TelemetryWriter writer, Guid agent, float watts)
    {
        EntityDescriptor[] entities = [new(1, EntityKind.Host, "host", "row", null, new Dictionary<string, string>())];
        var vector = new MetricVector(MetricCatalogue.Current.For(EntityKind.Host).Count);
        vector[MetricCatalogue.Current.OrdinalOf(EntityKind.Host, "hw.host.power")!.Value] = watts;
        vector[MetricCatalogue.Current.OrdinalOf(EntityKind.Host, "system.cpu.utilization")!.Value] = 0.5f;
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await writer.WriteAsync([new FrameBatch(agent, Guid.NewGuid(), MetricCatalogue.Current.Version, entities, [new Frame(1, now, [new EntitySample(1, vector)])], [])], Cancellation);
    }
}
