using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>A recorded run of the project's own campaign as a live host.</summary>
internal sealed class ReplayFeeder(PostgresDatabase database, AgentRow agent, RecordedRun run) : LiveFeeder(database, agent)
{
    private long _sequence = 1;

    public static async Task<ReplayFeeder> StartAsync(PostgresDatabase database, string host, RecordedRun run, TimeSpan history, CancellationToken cancellationToken)
    {
        var feeder = new ReplayFeeder(database, await database.AddAgentAsync(host, cancellationToken), run);
        await feeder.WriteAsync(TimeProvider.System.GetUtcNow() - history, (int)history.TotalSeconds, cancellationToken);
        feeder.GoLive();
        return feeder;
    }

    /// <summary>Id of the measured workload.</summary>
    public async Task<int> TargetAsync(CancellationToken cancellationToken) => (await FindTargetAsync(cancellationToken)).EntityId;

    /// <summary>Name of the measured workload.</summary>
    public async Task<string> TargetNameAsync(CancellationToken cancellationToken) => (await FindTargetAsync(cancellationToken)).Name;

    private async Task<EntitySummary> FindTargetAsync(CancellationToken cancellationToken) =>
        (await Services.GetRequiredService<EntityReader>().ListAsync(HostId, EntityKind.Workload, null, cancellationToken)).Single(entity => entity.Key == run.TargetKey);

    protected override Task WriteNowAsync(CancellationToken cancellationToken) => WriteAsync(TimeProvider.System.GetUtcNow(), 1, cancellationToken);

    private async Task WriteAsync(DateTimeOffset from, int seconds, CancellationToken cancellationToken)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(from.ToUnixTimeMilliseconds());
        await StoreAsync(run.Batch(Agent, Epoch, start, seconds, _sequence), cancellationToken);
        _sequence += seconds;
    }
}
