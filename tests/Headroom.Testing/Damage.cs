namespace Headroom.Testing;

/// <summary>Seeded damage to bodies, from a bit that flips to a block that is gone.</summary>
public static class Damage
{
    private const int MostChanges = 4;
    private const int LongestBlock = 64;

    /// <summary>Numbers at which readers go wrong: ends of ranges, lengths that nobody has.</summary>
    private static readonly byte[][] Interesting =
    [
        [0xff, 0xff, 0xff, 0xff, 0x7f], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0, 0, 0, 0], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0x80],
        [0, 0, 0, 0, 0, 0, 0xf0, 0x7f], [0, 0, 0, 0, 0, 0, 0xf8, 0x7f], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    ];

    /// <summary>A damaged copy; now and then an empty one.</summary>
    public static byte[] Of(byte[] body, Random random)
    {
        var damaged = body.ToList();
        for (var change = random.Next(1, MostChanges); change > 0 && damaged.Count > 0; change--)
        {
            var place = random.Next(damaged.Count);
            var length = Math.Min(random.Next(1, LongestBlock), damaged.Count - place);
            switch (random.Next(9))
            {
                case 0: damaged[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: damaged[place] = (byte)random.Next(256); break;
                case 2: damaged.RemoveAt(place); break;
                case 3: damaged.Insert(place, (byte)random.Next(256)); break;
                case 4: damaged.InsertRange(place, Interesting[random.Next(Interesting.Length)]); break;
                case 5: Overwrite(damaged, place, Interesting[random.Next(Interesting.Length)]); break;
                case 6: damaged.RemoveRange(place, length); break;
                case 7: damaged.InsertRange(random.Next(damaged.Count), damaged.GetRange(place, length)); break;
                default: damaged.RemoveRange(place, random.Next(4) == 0 ? damaged.Count - place : length); break;
            }
        }

        return [.. damaged];
    }

    private static void Overwrite(List<byte> bytes, int place, byte[] with)
    {
        for (var offset = 0; offset < with.Length && place + offset < bytes.Count; offset++)
        {
            bytes[place + offset] = with[offset];
        }
    }
}
