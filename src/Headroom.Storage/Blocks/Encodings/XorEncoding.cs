namespace Headroom.Storage.Blocks.Encodings;

/// <summary>What changed against the value before, bit by bit (after Pelkonen et al., Gorilla, VLDB 2015), in byte planes.</summary>
internal sealed class XorEncoding : IFloatEncoding
{
    public byte Id => 3;

    public string Name => "xor";

    public bool TryWrite(BlockWriter block, ReadOnlySpan<float> values)
    {
        var changes = new ulong[values.Length];
        var before = 0u;
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            changes[i] = bits ^ before;
            before = bits;
        }

        PlaneCoder.Write(block, changes);
        return true;
    }

    public void Read(ref BlockCursor block, Span<float> values)
    {
        var changes = PlaneCoder.Read(ref block, values.Length);
        var bits = 0u;
        for (var i = 0; i < values.Length; i++)
        {
            bits ^= (uint)changes[i];
            values[i] = BitConverter.UInt32BitsToSingle(bits);
        }
    }
}
