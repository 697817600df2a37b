using Headroom.Storage.Blocks.Encodings;

namespace Headroom.Storage.Blocks;

/// <summary>
/// A column of one metric as bytes, exact to the bit: number of rows, whether all are there or a bitmap of which, then the values
/// that are there in the encoding that makes them shortest.
/// </summary>
internal static class MetricBlock
{
    private const byte AllPresent = 0;
    private const byte SomePresent = 1;

    public static byte[] Write(MetricColumn column)
    {
        var block = new BlockWriter();
        Write(block, column);
        return block.ToArray();
    }

    public static void Write(BlockWriter block, MetricColumn column)
    {
        var rows = column.Present.Length;
        var present = column.PresentCount;
        block.WriteVarint((ulong)rows);
        if (present == rows)
        {
            block.WriteByte(AllPresent);
        }
        else
        {
            block.WriteByte(SomePresent);
            var bitmap = new byte[(rows + 7) / 8];
            for (var i = 0; i < rows; i++)
            {
                bitmap[i >> 3] |= (byte)(column.Present[i] ? 1 << (i & 7) : 0);
            }

            PlaneCoder.WriteBytes(block, bitmap);
        }

        if (present == 0)
        {
            return;
        }

        var values = new float[present];
        var next = 0;
        for (var i = 0; i < rows; i++)
        {
            if (column.Present[i])
            {
                values[next++] = column.Values[i];
            }
        }

        FloatEncodings.WriteShortest(block, values);
    }

    /// <exception cref="InvalidDataException">The bytes are not a block.</exception>
    public static MetricColumn Read(ReadOnlySpan<byte> bytes)
    {
        var block = new BlockCursor(bytes);
        return Read(ref block);
    }

    public static MetricColumn Read(ref BlockCursor block)
    {
        var rows = block.ReadCount();
        var column = new MetricColumn(rows);
        if (block.ReadByte() == AllPresent)
        {
            Array.Fill(column.Present, true);
            if (rows > 0)
            {
                FloatEncodings.Read(ref block, column.Values);
            }

            return column;
        }

        var bitmap = new byte[(rows + 7) / 8];
        PlaneCoder.ReadBytes(ref block, bitmap);
        for (var i = 0; i < rows; i++)
        {
            column.Present[i] = (bitmap[i >> 3] & (1 << (i & 7))) != 0;
        }

        var values = new float[column.PresentCount];
        if (values.Length > 0)
        {
            FloatEncodings.Read(ref block, values);
        }

        var next = 0;
        for (var i = 0; i < rows; i++)
        {
            if (column.Present[i])
            {
                column.Values[i] = values[next++];
            }
        }

        return column;
    }
}
