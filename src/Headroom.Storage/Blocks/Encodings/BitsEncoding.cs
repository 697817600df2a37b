namespace Headroom.Storage.Blocks.Encodings;

/// <summary>The bits of the numbers as they are, in byte planes: sign and exponent hardly change.</summary>
internal sealed class BitsEncoding : IFloatEncoding
{
    public byte Id => 2;

    public string Name => "bits";

    public bool TryWrite(BlockWriter block, ReadOnlySpan<float> values)
    {
        var bits = new ulong[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            // The sign goes to the lowest bit, so that the highest plane is the whole exponent.
            bits[i] = uint.RotateLeft(BitConverter.SingleToUInt32Bits(values[i]), 1);
        }

        PlaneCoder.Write(block, bits);
        return true;
    }

    public void Read(ref BlockCursor block, Span<float> values)
    {
        var bits = PlaneCoder.Read(ref block, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle(uint.RotateRight((uint)bits[i], 1));
        }
    }
}
