using Headroom.Ingestion.Bodies;
using Headroom.Testing;

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
            var mutated = Damage.Of(body, random);
            ReadOrRefuse(() => read(mutated));
        }

        // A body of some hundred bytes must not make the reader allocate for what it merely claims.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, count * 100_000L);
    }
}
