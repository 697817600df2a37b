using Headroom.Telemetry.Frames;

namespace Headroom.Storage.Reading;

/// <summary>Gathers rows and blocks into one place per second and entity.</summary>
internal sealed class WindowFill(int hostId, DateTimeOffset from, int seconds, int width)
{
    private readonly SortedDictionary<int, (string Key, string Name, MetricVector?[] Seconds)> _entities = [];

    public IReadOnlyList<EntityWindow> Windows =>
        _entities.Select(entity => new EntityWindow(hostId, entity.Key, entity.Value.Key, entity.Value.Name, entity.Value.Seconds)).ToList();

    public bool Covers(long utcTicks) => utcTicks >= from.UtcTicks && utcTicks < from.AddSeconds(seconds).UtcTicks;

    /// <summary>The vector of that second, made when it is not there, at least <paramref name="length"/> long.</summary>
    public MetricVector VectorAt(int entityId, string key, string name, long utcTicks, int length)
    {
        if (!_entities.TryGetValue(entityId, out var entity))
        {
            _entities[entityId] = entity = (key, name, new MetricVector?[seconds]);
        }

        ref var vector = ref entity.Seconds[(utcTicks - from.UtcTicks) / TimeSpan.TicksPerSecond];
        if (vector is null || vector.Length < length)
        {
            var longer = new MetricVector(Math.Max(width, length));
            for (var i = 0; i < (vector?.Length ?? 0); i++)
            {
                longer[i] = vector![i];
            }

            vector = longer;
        }

        return vector;
    }
}
