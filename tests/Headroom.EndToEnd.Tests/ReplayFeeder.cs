using Headroom.Storage;
using Headroom.Storage.Reading;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>A recorded run of the project's own campaign as a live host: its frames go into the store once a second, up to now.</summary>
internal sealed class ReplayFeeder : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly RecordedRun _run;
    private readonly Guid _agent;
    private readonly Guid _epoch = Guid.NewGuid();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _sequence = 1;

    private ReplayFeeder(ServiceProvider services, RecordedRun run, Guid agent, int hostId) => (_services, _run, _agent, HostId) = (services, run, agent, hostId);

    /// <summary>The host that replays.</summary>
    public int HostId { get; }

    public static async Task<ReplayFeeder> StartAsync(PostgresDatabase database, string host, RecordedRun run, TimeSpan history, CancellationToken cancellationToken)
    {
        var agent = await database.AddAgentAsync(host, cancellationToken);
        var feeder = new ReplayFeeder(new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider(), run, agent.AgentId, agent.HostId);
        await feeder.WriteAsync(TimeProvider.System.GetUtcNow() - history, (int)history.TotalSeconds, cancellationToken);
        feeder._running = feeder.RunAsync();
        return feeder;
    }

    /// <summary>Id of the measured workload.</summary>
    public async Task<int> TargetAsync(CancellationToken cancellationToken) =>
        (await _services.GetRequiredService<EntityReader>().ListAsync(HostId, EntityKind.Workload, null, cancellationToken)).Single(entity => entity.Key == _run.TargetKey).EntityId;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _services.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await WriteAsync(TimeProvider.System.GetUtcNow(), 1, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task WriteAsync(DateTimeOffset from, int seconds, CancellationToken cancellationToken)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(from.ToUnixTimeMilliseconds());
        await _services.GetRequiredService<TelemetryWriter>().WriteAsync([_run.Batch(_agent, _epoch, start, seconds, _sequence)], cancellationToken);
        _sequence += seconds;
    }
}
