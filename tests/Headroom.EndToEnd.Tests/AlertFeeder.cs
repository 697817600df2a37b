using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>A host whose use of memory the test says.</summary>
internal sealed class AlertFeeder(PostgresDatabase database, AgentRow agent, string host) : LiveFeeder(database, agent)
{
    private long _sequence;

    /// <summary>Use of memory from now on, a share.</summary>
    public float Memory { get; set; } = 0.5f;

    /// <summary>Stores a past minute by minute, the oldest first and the last ending now, then goes on live.</summary>
    public static async Task<AlertFeeder> StartAsync(PostgresDatabase database, string host, IReadOnlyList<float> minutes, CancellationToken cancellationToken)
    {
        var feeder = new AlertFeeder(database, await database.AddAgentAsync(host, cancellationToken), host);
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-minutes.Count);
        await feeder.WriteAsync(minutes.SelectMany((memory, minute) => Enumerable.Range(0, 6).Select(ten => (start.AddSeconds((60 * minute) + (10 * ten)), memory))), cancellationToken);
        feeder.GoLive();
        return feeder;
    }

    protected override Task WriteNowAsync(CancellationToken cancellationToken) => WriteAsync([(TimeProvider.System.GetUtcNow(), Memory)], cancellationToken);

    private async Task WriteAsync(IEnumerable<(DateTimeOffset At, float Memory)> moments, CancellationToken cancellationToken)
    {
        var frames = moments.Select(moment =>
        {
            var vector = new MetricVector(MetricCatalogue.Current.For(EntityKind.Host).Count);
            vector[MetricCatalogue.Current.OrdinalOf(EntityKind.Host, "system.memory.utilization")!.Value] = moment.Memory;
            return new Frame(++_sequence, DateTimeOffset.FromUnixTimeMilliseconds(moment.At.ToUnixTimeMilliseconds()), [new EntitySample(1, vector)]);
        }).ToArray();
        EntityDescriptor[] entities = [new(1, EntityKind.Host, "host", host, null, new Dictionary<string, string>())];
        await StoreAsync(new FrameBatch(Agent, Epoch, MetricCatalogue.Current.Version, entities, frames, []), cancellationToken);
    }
}
