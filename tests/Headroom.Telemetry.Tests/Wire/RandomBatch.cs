using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Telemetry.Tests.Wire;

/// <summary>Batches of every shape, the same for the same seed.</summary>
internal static class RandomBatch
{
    private static readonly float[] Extremes =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, float.MinValue, float.MaxValue, 1f, -1f, 1e-30f, 16777217f,
    ];

    public static FrameBatch Create(int seed)
    {
        var random = new Random(seed);
        var entities = Enumerable.Range(0, random.Next(0, 12)).Select(index => Entity(random, index)).ToArray();
        var lengths = entities.ToDictionary(entity => entity.LocalId, _ => random.Next(1, 70));
        var previous = new Dictionary<int, MetricVector>();
        var frames = new List<Frame>();
        long sequence = random.Next(0, 3) == 0 ? long.MaxValue - 1_000_000 : random.Next(0, 100_000);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + random.Next());
        for (var left = random.Next(0, 25); left > 0; left--)
        {
            var samples = entities
                .Where(_ => random.Next(0, 5) > 0)
                .Select(entity => new EntitySample(entity.LocalId, previous[entity.LocalId] = Vector(random, lengths[entity.LocalId], previous.GetValueOrDefault(entity.LocalId))))
                .ToArray();
            frames.Add(new Frame(sequence, at, samples));
            sequence += 1 + (random.Next(0, 10) == 0 ? random.Next(0, 1000) : 0);
            at += TimeSpan.FromMilliseconds(random.Next(0, 10) == 0 ? random.Next(-1_000_000, 1_000_000) : 1000);
        }

        return new FrameBatch(Id(random), Id(random), random.Next(1, 5), entities, frames, Drops(random));
    }

    private static EntityDescriptor Entity(Random random, int index)
    {
        var attributes = Enumerable.Range(0, random.Next(0, 4)).ToDictionary(number => $"attribute.{number}", _ => Text(random));
        return new EntityDescriptor(
            (index * 7) + random.Next(0, 7),
            random.GetItems(Enum.GetValues<EntityKind>(), 1)[0],
            Text(random),
            Text(random),
            random.Next(0, 2) == 0 ? null : Text(random),
            attributes);
    }

    private static string Text(Random random) => random.GetItems(["", "host", "cgroup/a.slice", "größe", "日本", "😀"], 1)[0] + random.Next(0, 1000);

    private static MetricVector Vector(Random random, int length, MetricVector? before)
    {
        var vector = new MetricVector(length);
        for (var metric = 0; metric < length; metric++)
        {
            vector[metric] = (metric % 6) switch
            {
                0 => null,
                1 => 42.5f,
                2 => before?[metric] ?? random.NextSingle(),
                3 => random.GetItems(Extremes, 1)[0],
                4 => random.Next(0, 2) == 0 ? null : random.NextSingle(),
                _ => Finite(random),
            };
        }

        return vector;
    }

    private static float? Finite(Random random)
    {
        var value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        return float.IsFinite(value) ? value : null;
    }

    private static DroppedRange[] Drops(Random random) => Enumerable.Range(0, random.Next(0, 4)).Select(_ =>
    {
        var first = random.NextInt64(0, long.MaxValue / 2);
        var more = random.NextInt64(0, 1_000_000);
        var from = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(0, 2_000_000_000_000));
        return new DroppedRange(first, first + more, from, from.AddMilliseconds(random.Next()), random.NextInt64(0, more + 2), "spool-bytes");
    }).ToArray();

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
