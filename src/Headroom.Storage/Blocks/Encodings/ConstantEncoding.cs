namespace Headroom.Storage.Blocks.Encodings;

/// <summary>All values are the same.</summary>
internal sealed class ConstantEncoding : IFloatEncoding
{
    public byte Id => 1;

    public string Name => "constant";

    public bool TryWrite(BlockWriter block, ReadOnlySpan<float> values)
    {
        var bits = BitConverter.SingleToUInt32Bits(values[0]);
        foreach (var value in values)
        {
            if (BitConverter.SingleToUInt32Bits(value) != bits)
            {
                return false;
            }
        }

        block.WriteSingle(values[0]);
        return true;
    }

    public void Read(ref BlockCursor block, Span<float> values) => values.Fill(block.ReadSingle());
}
