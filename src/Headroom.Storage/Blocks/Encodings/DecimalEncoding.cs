namespace Headroom.Storage.Blocks.Encodings;

/// <summary>
/// Numbers with few decimals (counts, bytes, 0.37) as whole numbers: scaled by a power of ten, as steps or as distances from the
/// smallest, divided by what they have in common (pages of 4,096 bytes).
/// </summary>
internal sealed class DecimalEncoding(byte id, string name, bool steps) : IFloatEncoding
{
    // Beyond 2^53 a double does not hold every whole number.
    private const double MaxWhole = 1L << 53;
    private static readonly double[] Scales = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    public byte Id => id;

    public string Name => name;

    public bool TryWrite(BlockWriter block, ReadOnlySpan<float> values)
    {
        var whole = new long[values.Length];
        var scale = 0;
        while (!TryScale(values, Scales[scale], whole))
        {
            if (++scale == Scales.Length)
            {
                return false;
            }
        }

        block.WriteByte((byte)scale);
        if (steps)
        {
            WholeNumbers.WriteSteps(block, whole);
        }
        else
        {
            WholeNumbers.WriteDistances(block, whole);
        }

        return true;
    }

    public void Read(ref BlockCursor block, Span<float> values)
    {
        var scale = Scales[block.ReadByte()];
        var whole = steps ? WholeNumbers.ReadSteps(ref block, values.Length) : WholeNumbers.ReadDistances(ref block, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(whole[i] / scale);
        }
    }

    private static bool TryScale(ReadOnlySpan<float> values, double scale, long[] whole)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var scaled = Math.Round(values[i] * scale);
            if (!(Math.Abs(scaled) <= MaxWhole))
            {
                return false;
            }

            whole[i] = (long)scaled;
            if (BitConverter.SingleToUInt32Bits((float)(whole[i] / scale)) != BitConverter.SingleToUInt32Bits(values[i]))
            {
                return false;
            }
        }

        return true;
    }
}
