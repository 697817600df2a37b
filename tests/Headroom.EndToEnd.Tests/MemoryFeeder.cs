using Headroom.Storage;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>A host with a CXL node, an NVMe drive and two workloads: more than an hour of its memory, one frame in ten seconds, up to now.</summary>
internal sealed class MemoryFeeder : IAsyncDisposable
{
    private const double Gibibyte = 1L << 30;
    private const int Frames = 420;
    private const int FrameSeconds = 10;

    /// <summary>Inactive file cache of the workload <c>database</c>.</summary>
    public const double IdleBytes = 3 * Gibibyte;

    private static readonly Dictionary<string, string> None = [];

    private static readonly EntityDescriptor[] Entities =
    [
        new(1, EntityKind.Host, "host", "host", null, None),
        new(2, EntityKind.Workload, "/system.slice/database.service", "database", "host", None),
        new(3, EntityKind.Workload, "/system.slice/starved.service", "starved", "host", None),
        new(4, EntityKind.NumaNode, "node0", "node0", "host", new Dictionary<string, string> { ["numa.cpus"] = "0-31", ["numa.read_latency"] = "110" }),
        new(5, EntityKind.NumaNode, "node1", "node1", "host", new Dictionary<string, string> { ["numa.cpus"] = "", ["numa.read_latency"] = "250", ["numa.read_bandwidth"] = "60000" }),
        new(6, EntityKind.Disk, "nvme0n1", "nvme0n1", "host", None),
    ];

    private readonly ServiceProvider _services;

    private MemoryFeeder(ServiceProvider services, int hostId) => (_services, HostId) = (services, hostId);

    public int HostId { get; }

    public static async Task<MemoryFeeder> StartAsync(PostgresDatabase database, string host, CancellationToken cancellationToken)
    {
        var agent = await database.AddAgentAsync(host, cancellationToken);
        var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        var now = TimeProvider.System.GetUtcNow();
        var frames = Enumerable.Range(0, Frames).Select(index => Frame(index + 1, now.AddSeconds(FrameSeconds * (index - Frames + 1)))).ToArray();
        await services.GetRequiredService<TelemetryWriter>().WriteAsync([new FrameBatch(agent.AgentId, Guid.NewGuid(), MetricCatalogue.Current.Version, Entities, frames, [])], cancellationToken);
        return new MemoryFeeder(services, agent.HostId);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static Frame Frame(long sequence, DateTimeOffset at) => new(
        sequence, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), [.. Entities.Select(entity => new EntitySample(entity.LocalId, Values(entity)))]);

    private static MetricVector Values(EntityDescriptor entity)
    {
        var vector = new MetricVector(MetricCatalogue.Current.For(entity.Kind).Count);
        foreach (var (name, value) in Known(entity))
        {
            vector[MetricCatalogue.Current.OrdinalOf(entity.Kind, name)!.Value] = (float)value;
        }

        return vector;
    }

    private static (string Name, double Value)[] Known(EntityDescriptor entity) => (entity.Kind, entity.Name) switch
    {
        (EntityKind.Host, _) => [("system.memory.limit", 192 * Gibibyte), ("system.cpu.utilization", 0.3)],
        (EntityKind.NumaNode, "node0") => [("system.memory.limit", 64 * Gibibyte), ("system.memory.usage.free", 20 * Gibibyte)],
        (EntityKind.NumaNode, _) => [("system.memory.limit", 128 * Gibibyte), ("system.memory.usage.free", 120 * Gibibyte)],
        (EntityKind.Disk, _) => [("system.disk.limit", 1e12)],
        (_, "database") =>
        [
            ("container.memory.usage", (12 * Gibibyte) + IdleBytes), ("container.memory.working_set", 12 * Gibibyte), ("container.memory.rss", 10 * Gibibyte),
            ("container.memory.refaults.file", 0), ("container.memory.pressure.full", 0.001), ("topdown.memory_bound", 0.25),
        ],
        _ =>
        [
            ("container.memory.usage", 2 * Gibibyte), ("container.memory.working_set", 1.9 * Gibibyte), ("container.memory.rss", 1.8 * Gibibyte),
            ("container.memory.refaults.file", 500), ("container.memory.pressure.full", 0.35),
        ],
    };
}
