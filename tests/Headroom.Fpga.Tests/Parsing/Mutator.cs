using System.Text;

namespace Headroom.Fpga.Tests.Parsing;

/// <summary>Damages good files the way accidents and attackers do; the same seed does the same damage.</summary>
internal sealed class Mutator(int seed)
{
    private const int MostChanges = 4;
    private const int MostCopied = 512;

    /// <summary>What stands for a number where a parser may trust one too much.</summary>
    private static readonly string[] Extremes =
    [
        "0", "-1", "1", "7", "65536", "1048577", "2147483647", "2147483648", "-2147483649", "4294967295", "9223372036854775807", "18446744073709551616", "1e9", "1e308", "1e999", "1.5",
        "null", "true", "\"\"", "\"x\"", "[]", "{}", "[[[]]]", "[null]", "[-1, 2000000000]", "{\"a\": 1}",
    ];

    private static readonly byte[] Edges = [0, 1, 0x7f, 0x80, 0xff, (byte)'"', (byte)'{', (byte)'[', (byte)'}', (byte)',', (byte)':', (byte)'\n', (byte)'&', (byte)'*'];

    private readonly Random random = new(seed);

    public byte[] Damage(byte[] good)
    {
        var bytes = good;
        for (var change = random.Next(MostChanges); change >= 0 && bytes.Length > 1; change--)
        {
            bytes = random.Next(8) switch
            {
                0 => Flip(bytes),
                1 => Overwrite(bytes),
                2 => bytes[..random.Next(1, bytes.Length)],
                3 => Without(bytes),
                4 => Doubled(bytes),
                _ => Renumbered(bytes),
            };
        }

        return bytes;
    }

    private byte[] Flip(byte[] bytes)
    {
        var changed = bytes.ToArray();
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private byte[] Overwrite(byte[] bytes)
    {
        var changed = bytes.ToArray();
        var start = random.Next(changed.Length);
        Array.Fill(changed, Edges[random.Next(Edges.Length)], start, Math.Min(random.Next(1, 9), changed.Length - start));
        return changed;
    }

    private byte[] Without(byte[] bytes)
    {
        var (start, length) = Slice(bytes);
        return [.. bytes[..start], .. bytes[(start + length)..]];
    }

    private byte[] Doubled(byte[] bytes)
    {
        var (start, length) = Slice(bytes);
        return [.. bytes[..(start + length)], .. bytes[start..]];
    }

    /// <summary>Puts an extreme in the place of a number, or of a word where there are no numbers near.</summary>
    private byte[] Renumbered(byte[] bytes)
    {
        var start = Array.FindIndex(bytes, random.Next(bytes.Length), IsDigit);
        if (start < 0)
        {
            return Overwrite(bytes);
        }

        var end = start;
        while (end < bytes.Length && IsDigit(bytes[end]))
        {
            end++;
        }

        return [.. bytes[..start], .. Encoding.ASCII.GetBytes(Extremes[random.Next(Extremes.Length)]), .. bytes[end..]];
    }

    private (int Start, int Length) Slice(byte[] bytes)
    {
        var start = random.Next(bytes.Length);
        return (start, random.Next(1, Math.Min(MostCopied, bytes.Length - start) + 1));
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';
}
