namespace Headroom.Storage.Blocks.Encodings;

/// <summary>The table of encodings. A block is written in the one that makes it shortest.</summary>
internal static class FloatEncodings
{
    private static readonly ConstantEncoding Constant = new();

    public static IReadOnlyList<IFloatEncoding> All { get; } =
    [
        Constant,
        new BitsEncoding(),
        new XorEncoding(),
        new DictionaryEncoding(),
        new DecimalEncoding(5, "decimal", steps: false),
        new DecimalEncoding(6, "decimal-steps", steps: true),
    ];

    public static void WriteShortest(BlockWriter block, ReadOnlySpan<float> values)
    {
        BlockWriter? shortest = null;
        foreach (var encoding in All)
        {
            var attempt = new BlockWriter();
            attempt.WriteByte(encoding.Id);
            if (encoding.TryWrite(attempt, values) && (shortest is null || attempt.Length < shortest.Length))
            {
                shortest = attempt;
                if (encoding == Constant)
                {
                    break;
                }
            }
        }

        block.WriteBytes(shortest!.Written);
    }

    public static void Read(ref BlockCursor block, Span<float> values)
    {
        var id = block.ReadByte();
        var encoding = All.FirstOrDefault(candidate => candidate.Id == id) ?? throw new InvalidDataException($"a block has the unknown encoding {id}");
        encoding.Read(ref block, values);
    }
}
