using Headroom.Storage;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>An agent's stream without the agent: frames of one host and two workloads go into the store once a second, up to now.</summary>
internal sealed class Feeder : IAsyncDisposable
{
    private static readonly EntityDescriptor[] Entities =
    [
        new(1, EntityKind.Host, "host", "feeder", null, new Dictionary<string, string>()),
        new(2, EntityKind.Workload, "/system.slice/first.service", "first", "host", new Dictionary<string, string>()),
        new(3, EntityKind.Workload, "/system.slice/second.service", "second", "host", new Dictionary<string, string>()),
    ];

    private readonly ServiceProvider _services;
    private readonly Guid _agent;
    private readonly Guid _epoch = Guid.NewGuid();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _sequence;

    private Feeder(ServiceProvider services, Guid agent) => (_services, _agent) = (services, agent);

    /// <summary>Stores the last minutes at once, without those of a silence, then goes on live.</summary>
    public static async Task<Feeder> StartAsync(PostgresDatabase database, string host, TimeSpan history, CancellationToken cancellationToken, (DateTimeOffset From, DateTimeOffset To)? silence = null)
    {
        var agent = await database.AddAgentAsync(host, cancellationToken);
        var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        var feeder = new Feeder(services, agent.AgentId);
        var now = TimeProvider.System.GetUtcNow();
        var moments = Enumerable.Range(0, (int)history.TotalSeconds).Select(second => now - history + TimeSpan.FromSeconds(second));
        await feeder.WriteAsync(moments.Where(at => silence is not { } quiet || at < quiet.From || at >= quiet.To), cancellationToken);
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
                await WriteAsync([TimeProvider.System.GetUtcNow()], _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task WriteAsync(IEnumerable<DateTimeOffset> moments, CancellationToken cancellationToken)
    {
        var frames = moments.Select(Frame).ToArray();
        var batch = new FrameBatch(_agent, _epoch, MetricCatalogue.Current.Version, Entities, frames, []);
        await _services.GetRequiredService<TelemetryWriter>().WriteAsync([batch], cancellationToken);
    }

    private Frame Frame(DateTimeOffset at) => new(
        ++_sequence,
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
        [.. Entities.Select(entity => new EntitySample(entity.LocalId, Values(entity, at)))]);

    private static MetricVector Values(EntityDescriptor entity, DateTimeOffset at)
    {
        var metrics = MetricCatalogue.Current.For(entity.Kind);
        var vector = new MetricVector(metrics.Count);
        for (var ordinal = 0; ordinal < metrics.Count; ordinal++)
        {
            var wave = 0.5 + (0.4 * Math.Sin((at.ToUnixTimeSeconds() / 20.0) + ordinal + entity.LocalId));
            vector[ordinal] = (float)(metrics[ordinal].Unit == "1" ? wave / 10 : wave * 1000);
        }

        return vector;
    }
}
