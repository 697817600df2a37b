namespace Headroom.Storage.Blocks.Encodings;

/// <summary>Few different values: each once, in order of size, and for every place which of them.</summary>
internal sealed class DictionaryEncoding : IFloatEncoding
{
    public byte Id => 4;

    public string Name => "dictionary";

    public bool TryWrite(BlockWriter block, ReadOnlySpan<float> values)
    {
        var distinct = new HashSet<uint>();
        foreach (var value in values)
        {
            if (distinct.Add(BitConverter.SingleToUInt32Bits(value)) && distinct.Count > values.Length / 2)
            {
                return false;
            }
        }

        var entries = distinct.Select(bits => (ulong)bits).Order().ToArray();
        var places = entries.Index().ToDictionary(entry => (uint)entry.Item, entry => (ulong)entry.Index);
        var steps = new ulong[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            steps[i] = i == 0 ? entries[0] : entries[i] - entries[i - 1];
        }

        var indexes = new ulong[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            indexes[i] = places[BitConverter.SingleToUInt32Bits(values[i])];
        }

        block.WriteVarint((ulong)entries.Length);
        PlaneCoder.Write(block, steps);
        PlaneCoder.Write(block, indexes);
        return true;
    }

    public void Read(ref BlockCursor block, Span<float> values)
    {
        var entries = PlaneCoder.Read(ref block, block.ReadCount());
        for (var i = 1; i < entries.Length; i++)
        {
            entries[i] += entries[i - 1];
        }

        var indexes = PlaneCoder.Read(ref block, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)entries[indexes[i]]);
        }
    }
}
