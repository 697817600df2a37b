using Headroom.Storage;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>A host whose use of memory the test says: once a second into the store, until it is disposed.</summary>
internal sealed class AlertFeeder : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Guid _agent;
    private readonly string _host;
    private readonly Guid _epoch = Guid.NewGuid();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _sequence;

    private AlertFeeder(ServiceProvider services, Guid agent, string host) => (_services, _agent, _host) = (services, agent, host);

    /// <summary>Use of memory from now on, a share.</summary>
    public float Memory { get; set; } = 0.5f;

    /// <summary>Stores a past minute by minute, the oldest first and the last ending now, then goes on live.</summary>
    public static async Task<AlertFeeder> StartAsync(PostgresDatabase database, string host, IReadOnlyList<float> minutes, CancellationToken cancellationToken)
    {
        var agent = await database.AddAgentAsync(host, cancellationToken);
        var feeder = new AlertFeeder(new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider(), agent.AgentId, host);
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-minutes.Count);
        await feeder.WriteAsync(minutes.SelectMany((memory, minute) => Enumerable.Range(0, 6).Select(ten => (start.AddSeconds((60 * minute) + (10 * ten)), memory))), cancellationToken);
        feeder._running = feeder.RunAsync();
        return feeder;
    }

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
                await WriteAsync([(TimeProvider.System.GetUtcNow(), Memory)], _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task WriteAsync(IEnumerable<(DateTimeOffset At, float Memory)> moments, CancellationToken cancellationToken)
    {
        var frames = moments.Select(moment =>
        {
            var vector = new MetricVector(MetricCatalogue.Current.For(EntityKind.Host).Count);
            vector[MetricCatalogue.Current.OrdinalOf(EntityKind.Host, "system.memory.utilization")!.Value] = moment.Memory;
            return new Frame(++_sequence, DateTimeOffset.FromUnixTimeMilliseconds(moment.At.ToUnixTimeMilliseconds()), [new EntitySample(1, vector)]);
        }).ToArray();
        EntityDescriptor[] entities = [new(1, EntityKind.Host, "host", _host, null, new Dictionary<string, string>())];
        await _services.GetRequiredService<TelemetryWriter>().WriteAsync([new FrameBatch(_agent, _epoch, MetricCatalogue.Current.Version, entities, frames, [])], cancellationToken);
    }
}
