using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>One host with two workloads whose metrics are waves.</summary>
internal sealed class Feeder(PostgresDatabase database, AgentRow agent) : LiveFeeder(database, agent)
{
    private static readonly EntityDescriptor[] Entities =
    [
        new(1, EntityKind.Host, "host", "feeder", null, new Dictionary<string, string>()),
        new(2, EntityKind.Workload, "/system.slice/first.service", "first", "host", new Dictionary<string, string>()),
        new(3, EntityKind.Workload, "/system.slice/second.service", "second", "host", new Dictionary<string, string>()),
    ];

    private long _sequence;

    /// <summary>Stores the last minutes at once, without those of a silence, then goes on live.</summary>
    public static async Task<Feeder> StartAsync(PostgresDatabase database, string host, TimeSpan history, CancellationToken cancellationToken, (DateTimeOffset From, DateTimeOffset To)? silence = null)
    {
        var feeder = new Feeder(database, await database.AddAgentAsync(host, cancellationToken));
        var now = TimeProvider.System.GetUtcNow();
        var moments = Enumerable.Range(0, (int)history.TotalSeconds).Select(second => now - history + TimeSpan.FromSeconds(second));
        await feeder.WriteAsync(moments.Where(at => silence is not { } quiet || at < quiet.From || at >= quiet.To), cancellationToken);
        feeder.GoLive();
        return feeder;
    }

    protected override Task WriteNowAsync(CancellationToken cancellationToken) => WriteAsync([TimeProvider.System.GetUtcNow()], cancellationToken);

    private async Task WriteAsync(IEnumerable<DateTimeOffset> moments, CancellationToken cancellationToken)
    {
        var frames = moments.Select(Frame).ToArray();
        await StoreAsync(new FrameBatch(Agent, Epoch, MetricCatalogue.Current.Version, Entities, frames, []), cancellationToken);
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
