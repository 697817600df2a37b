using System.Buffers.Binary;
using System.Text;

namespace Headroom.Learning.Torch;

/// <summary>
/// Reads and softens the symbol versions a shared library asks for (64-bit little-endian ELF, section .gnu.version_r;
/// layout from the Linux Standard Base, "Symbol Versioning").
/// </summary>
internal static class ElfVersionNeeds
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>Marks one version need as weak, so that the loader accepts a system library that lacks it. Returns how many entries were marked.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a 64-bit little-endian ELF file.</exception>
    public static int MarkWeak(Span<byte> elf, string version)
    {
        var marked = 0;
        foreach (var (entry, name) in Entries(elf))
        {
            if (name != version)
            {
                continue;
            }

            var flags = elf[(entry + 4)..];
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
            marked++;
        }

        return marked;
    }

    /// <summary>Names of the versions that must be present (those not weak).</summary>
    public static IReadOnlyList<string> Required(ReadOnlySpan<byte> elf)
    {
        var names = new List<string>();
        foreach (var (entry, name) in Entries(elf))
        {
            if ((BinaryPrimitives.ReadUInt16LittleEndian(elf[(entry + 4)..]) & WeakFlag) == 0)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static List<(int Entry, string Name)> Entries(ReadOnlySpan<byte> elf)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
        {
            throw new InvalidDataException("Expected a 64-bit little-endian ELF file.");
        }

        var sectionTable = Int64At(elf, 0x28);
        int sectionSize = UInt16At(elf, 0x3a);
        int sectionCount = UInt16At(elf, 0x3c);
        var entries = new List<(int, string)>();
        for (var index = 0; index < sectionCount; index++)
        {
            var header = sectionTable + (index * sectionSize);
            if (UInt32At(elf, header + 4) != VersionNeedSection)
            {
                continue;
            }

            var strings = Int64At(elf, sectionTable + ((int)UInt32At(elf, header + 0x28) * sectionSize) + 0x18);
            Walk(elf, Int64At(elf, header + 0x18), strings, entries);
        }

        return entries;
    }

    private static void Walk(ReadOnlySpan<byte> elf, int need, int strings, List<(int, string)> entries)
    {
        while (true)
        {
            var entry = need + (int)UInt32At(elf, need + 8);
            for (int left = UInt16At(elf, need + 2); left > 0; left--)
            {
                entries.Add((entry, TextAt(elf, strings + (int)UInt32At(elf, entry + 8))));
                entry += (int)UInt32At(elf, entry + 12);
            }

            var next = (int)UInt32At(elf, need + 12);
            if (next == 0)
            {
                return;
            }

            need += next;
        }
    }

    private static ushort UInt16At(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(elf[offset..]);

    private static uint UInt32At(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(elf[offset..]);

    private static int Int64At(ReadOnlySpan<byte> elf, int offset) => checked((int)BinaryPrimitives.ReadInt64LittleEndian(elf[offset..]));

    private static string TextAt(ReadOnlySpan<byte> elf, int offset)
    {
        var rest = elf[offset..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}
