using Headroom.Ingestion.Bodies;

namespace Headroom.Ingestion.Tests;

/// <summary>Seeded damage to bodies: a reader may take them or refuse them, nothing else.</summary>
internal static class Hostile
{
    public static void ReadOrRefuse(Action read)
    {
        try
        {
            read();
        }
        catch (MalformedBodyException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    public static void Mutate(byte[] body, int seed, int count, Action<byte[]> read)
    {
        var random = new Random(seed);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            var mutated = Mutated(body, random);
            ReadOrRefuse(() => read(mutated));
        }

        // A body of some hundred bytes must not make the reader allocate for what it merely claims.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, count * 100_000L);
    }

    private static byte[] Mutated(byte[] body, Random random)
    {
        var mutated = body.ToList();
        for (var change = random.Next(1, 6); change > 0 && mutated.Count > 0; change--)
        {
            var place = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0: mutated[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: mutated[place] = (byte)random.Next(256); break;
                case 2: mutated.RemoveAt(place); break;
                case 3: mutated.Insert(place, (byte)random.Next(256)); break;
                default: mutated.InsertRange(place, [0xff, 0xff, 0xff, 0xff, 0x7f]); break;
            }
        }

        return [.. mutated];
    }
}
