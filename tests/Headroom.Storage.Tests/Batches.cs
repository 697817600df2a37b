using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Storage.Tests;

/// <summary>Builds batches with defaults.</summary>
internal static class Batches
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static MetricVector Vector(params float?[] values)
    {
        var vector = new MetricVector(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            vector[i] = values[i];
        }

        return vector;
    }

    public static EntityDescriptor Entity(string key = "host", EntityKind kind = EntityKind.Host, int localId = 1) =>
        new(localId, kind, key, key, kind == EntityKind.Host ? null : "host", new Dictionary<string, string> { ["os.type"] = "linux" });

    public static Frame Frame(long sequence, DateTimeOffset at, params float?[] values) => new(sequence, at, [new EntitySample(1, Vector(values))]);

    /// <summary>One frame per second from a start, each with the same number of values.</summary>
    public static FrameBatch Seconds(Guid agent, Guid epoch, long first, int count, DateTimeOffset? start = null, params float?[] values) => new(
        agent,
        epoch,
        1,
        [Entity()],
        Enumerable.Range(0, count).Select(i => Frame(first + i, (start ?? Start).AddSeconds(i), values.Length == 0 ? [first + i, null, 0.5f] : values)).ToList(),
        []);
}
