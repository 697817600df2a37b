using System.Buffers.Binary;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>A place in an HDF5 file that is read from front to back; numbers are little endian, addresses and lengths as wide as the file says.</summary>
internal ref struct Hdf5Bytes(ReadOnlySpan<byte> file, int at, int end, int addressSize, int lengthSize)
{
    private readonly ReadOnlySpan<byte> _file = file;

    public int At { get; private set; } = at;

    public readonly int Left => end - At;

    /// <summary>The address of what is not there: all bits set.</summary>
    public readonly ulong Nowhere => ulong.MaxValue >> (64 - (8 * addressSize));

    /// <summary>The same file from another address on, at most <paramref name="length"/> bytes.</summary>
    /// <exception cref="InvalidDataException">That lies outside the file.</exception>
    public readonly Hdf5Bytes From(ulong address, ulong length) => address <= (ulong)_file.Length && length <= (ulong)_file.Length - address
        ? new Hdf5Bytes(_file, (int)address, (int)(address + length), addressSize, lengthSize)
        : throw new InvalidDataException($"{length} bytes at {address} lie outside the file of {_file.Length} bytes.");

    /// <summary>From another address to the end of the file.</summary>
    public readonly Hdf5Bytes From(ulong address) => From(address, (ulong)_file.Length - Math.Min(address, (ulong)_file.Length));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw new InvalidDataException($"{count} bytes at {At} pass the end of their block at {end}.");
        }

        var taken = _file.Slice(At, count);
        At += count;
        return taken;
    }

    public void Skip(int count) => Take(count);

    public byte Byte() => Take(1)[0];

    public int Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint Whole() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong Address() => Wide(addressSize);

    public ulong Length() => Wide(lengthSize);

    /// <summary>A number of 1 to 8 bytes.</summary>
    public ulong Wide(int size)
    {
        ulong value = 0;
        var bytes = Take(size);
        for (var index = bytes.Length - 1; index >= 0; index--)
        {
            value = (value << 8) | bytes[index];
        }

        return value;
    }

    public bool Starts(ReadOnlySpan<byte> signature) => Left >= signature.Length && Take(signature.Length).SequenceEqual(signature);
}
