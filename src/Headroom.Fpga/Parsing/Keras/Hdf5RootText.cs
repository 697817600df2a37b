using System.Text;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>
/// Reads one text attribute of the root group of an HDF5 file (HDF5 File Format Specification 3.0, sections II.A superblock, IV.A object headers, IV.A.2.m
/// attributes, III.E global heap), and nothing else of it: a library that trusts the sizes in a file takes gigabytes of memory for a few kilobytes of malice.
/// </summary>
internal static class Hdf5RootText
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    private const int AttributeMessage = 0x0c;
    private const int ContinuationMessage = 0x10;
    private const int AttributeInfoMessage = 0x15;

    private const int FixedText = 3;
    private const int Variable = 9;
    private const int VariableText = 1;

    /// <summary>Most blocks of one object header, so that blocks that point at each other end.</summary>
    private const int MostBlocks = 256;

    /// <summary>The text, or null when the root has no such attribute.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or keeps the attribute in a form that Keras does not write.</exception>
    public static string? Read(ReadOnlySpan<byte> file, string attribute)
    {
        var (root, addressSize, lengthSize, start) = Superblock(file);
        var header = new Hdf5Bytes(file[start..], 0, file.Length - start, addressSize, lengthSize).From(root);
        return header.Starts("OHDR"u8) ? SecondVersion(header, attribute) : FirstVersion(header.From(root), attribute);
    }

    /// <summary>Where the root's object header is, how wide addresses and lengths are, and where addresses count from.</summary>
    private static (ulong Root, int AddressSize, int LengthSize, int Start) Superblock(ReadOnlySpan<byte> file)
    {
        var bytes = new Hdf5Bytes(file, 0, file.Length, 0, 0);
        bytes.Skip(Signature.Length);
        var version = bytes.Byte();
        if (version > 3)
        {
            throw new InvalidDataException($"superblock version {version}, known are 0 to 3.");
        }

        if (version < 2)
        {
            bytes.Skip(4);
        }

        var (addressSize, lengthSize) = (Size(bytes.Byte()), Size(bytes.Byte()));
        bytes.Skip(version switch { 0 => 9, 1 => 13, _ => 1 });
        bytes = new Hdf5Bytes(file, bytes.At, file.Length, addressSize, lengthSize);
        var start = bytes.Address();
        bytes.Skip((version < 2 ? 3 + 1 : 2) * addressSize);
        return start <= (ulong)file.Length ? (bytes.Address(), addressSize, lengthSize, (int)start) : throw new InvalidDataException($"addresses count from {start}, outside the file.");
    }

    private static int Size(byte size) => size is 2 or 4 or 8 ? size : throw new InvalidDataException($"addresses or lengths of {size} bytes, known are 2, 4 and 8.");

    private static string? FirstVersion(Hdf5Bytes header, string attribute)
    {
        var version = header.Byte();
        if (version != 1)
        {
            throw new InvalidDataException($"an object header of version {version}, known are 1 and 2.");
        }

        header.Skip(7);
        var size = header.Whole();
        header.Skip(4);
        var blocks = new Queue<(ulong Address, ulong Length)>([((ulong)header.At, size)]);
        for (var count = 0; count < MostBlocks && blocks.TryDequeue(out var place); count++)
        {
            for (var block = header.From(place.Address, place.Length); block.Left >= 8;)
            {
                var (type, length, flags) = (block.Short(), block.Short(), block.Byte());
                block.Skip(3);
                if (Message(type, flags, block.From((ulong)block.At, (ulong)length), attribute, blocks) is { } text)
                {
                    return text;
                }

                block.Skip(length);
            }
        }

        return null;
    }

    private static string? SecondVersion(Hdf5Bytes header, string attribute)
    {
        var version = header.Byte();
        if (version != 2)
        {
            throw new InvalidDataException($"an object header of version {version}, known are 1 and 2.");
        }

        var flags = header.Byte();
        header.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var size = header.Wide(1 << (flags & 3));
        var blocks = new Queue<(ulong Address, ulong Length)>([((ulong)header.At, size)]);
        var isOrdered = (flags & 0x04) != 0;
        for (var count = 0; count < MostBlocks && blocks.TryDequeue(out var place); count++)
        {
            var block = header.From(place.Address, place.Length);
            if (count > 0)
            {
                // A block of its own has a signature in front and a checksum behind.
                block = place.Length >= 8 && block.Starts("OCHK"u8) ? header.From(place.Address + 4, place.Length - 8) : throw new InvalidDataException("a continuation without its signature.");
            }

            for (var least = isOrdered ? 6 : 4; block.Left >= least;)
            {
                var (type, length, messageFlags) = (block.Byte(), block.Short(), block.Byte());
                block.Skip(isOrdered ? 2 : 0);
                if (Message(type, messageFlags, block.From((ulong)block.At, (ulong)length), attribute, blocks) is { } text)
                {
                    return text;
                }

                block.Skip(length);
            }
        }

        return null;
    }

    /// <summary>The text when the message is the attribute; a continuation is put into the queue.</summary>
    private static string? Message(int type, int flags, Hdf5Bytes message, string attribute, Queue<(ulong, ulong)> blocks)
    {
        const int shared = 2;
        switch (type)
        {
            case ContinuationMessage:
                blocks.Enqueue((message.Address(), message.Length()));
                return null;
            case AttributeInfoMessage:
                message.Skip(1);
                message.Skip((message.Byte() & 1) != 0 ? 2 : 0);
                return message.Address() == message.Nowhere ? null : throw new InvalidDataException("so many attributes that they stand in a heap of their own, which Keras does not write; save the model as .keras.");
            case AttributeMessage when (flags & shared) == 0:
                return Attribute(message, attribute);
            default:
                return null;
        }
    }

    private static string? Attribute(Hdf5Bytes message, string wanted)
    {
        var version = message.Byte();
        var flags = message.Byte();
        var (nameSize, typeSize, spaceSize) = (message.Short(), message.Short(), message.Short());
        message.Skip(version == 3 ? 1 : 0);
        var name = message.Take(version == 1 ? Padded(nameSize) : nameSize)[..nameSize];
        if (!name[..^(name.Length > 0 && name[^1] == 0 ? 1 : 0)].SequenceEqual(Encoding.UTF8.GetBytes(wanted)))
        {
            return null;
        }

        if (version is < 1 or > 3 || (version > 1 && flags != 0))
        {
            throw new InvalidDataException($"{wanted}: an attribute of version {version} with flags {flags}, known are 1 to 3 without flags.");
        }

        var type = message.From((ulong)message.At, (ulong)typeSize);
        message.Skip(version == 1 ? Padded(typeSize) : typeSize);
        var space = message.From((ulong)message.At, (ulong)spaceSize);
        message.Skip(version == 1 ? Padded(spaceSize) : spaceSize);
        if (Elements(space) != 1)
        {
            throw new InvalidDataException($"{wanted}: expected one text, got several or none.");
        }

        var kind = type.Byte() & 0x0f;
        var bits = type.Take(3)[0] & 0x0f;
        var size = type.Whole();
        var text = (kind, bits) switch
        {
            (FixedText, _) => message.Take((int)Math.Min(size, int.MaxValue)),
            (Variable, VariableText) => FromHeap(message),
            _ => throw new InvalidDataException($"{wanted}: expected a text, got datatype class {kind}."),
        };
        return Encoding.UTF8.GetString(text.TrimEnd((byte)0));
    }

    private static int Padded(int size) => (size + 7) & ~7;

    private static ulong Elements(Hdf5Bytes space)
    {
        var (version, rank) = (space.Byte(), space.Byte());
        space.Skip(1);
        var kind = space.Byte();
        space.Skip(version == 1 ? 4 : 0);
        ulong count = version == 2 && kind == 2 ? 0UL : 1UL;
        for (var axis = 0; axis < rank; axis++)
        {
            count = space.Length() is 1 ? count : 0;
        }

        return count;
    }

    /// <summary>Length, address of a global heap collection, index in it.</summary>
    private static ReadOnlySpan<byte> FromHeap(Hdf5Bytes reference)
    {
        var length = reference.Whole();
        var address = reference.Address();
        var wanted = reference.Whole();
        var collection = reference.From(address);
        if (!collection.Starts("GCOL"u8))
        {
            throw new InvalidDataException($"no global heap at {address}.");
        }

        collection.Skip(4);
        collection = collection.From(address, collection.Length());
        collection.Skip(8);
        collection.Length();
        while (collection.Left >= 8)
        {
            var index = collection.Short();
            collection.Skip(6);
            var size = collection.Length();
            if (index == 0 || size > (ulong)collection.Left)
            {
                break;
            }

            var value = collection.Take((int)size);
            if (index == wanted)
            {
                return length <= size ? value[..(int)length] : throw new InvalidDataException($"a text of {length} bytes in {size} bytes of the heap.");
            }

            collection.Skip(Math.Min(collection.Left, Padded((int)size) - (int)size));
        }

        throw new InvalidDataException($"the global heap at {address} holds no object {wanted}.");
    }
}
