using FsCheck;
using FsCheck.Fluent;
using Headroom.Storage.Blocks;
using Headroom.Storage.Blocks.Encodings;

namespace Headroom.Storage.Tests.Blocks;

public sealed class BlockTests
{
    private static readonly Gen<float> AnyBits = Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle).Where(value => !float.IsNaN(value));

    private static readonly Gen<float> Special = Gen.Elements(0f, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, 1e-40f, 16_777_217f);

    // Each list is of one taste, as a metric is: noise, decimals, pages, few levels, or anything mixed.
    private static readonly Gen<float[]> Values = Gen.OneOf(
        Gen.ArrayOf(AnyBits),
        Gen.ArrayOf(Gen.Choose(-500, 500).Select(n => n / 100f)),
        Gen.ArrayOf(Gen.Choose(0, 1 << 20).Select(pages => pages * 4096f)),
        Gen.ArrayOf(Gen.Elements(0.1f, 0.25f, 1f / 3f)),
        Gen.ArrayOf(Gen.OneOf(AnyBits, Special, Gen.Constant(1f))));

    [Fact]
    public void A_column_comes_back_to_the_bit_with_its_gaps()
    {
        var columns = Values.SelectMany(values => Gen.ArrayOf(Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false))), values.Length).Select(present => new MetricColumn(present, values)));
        Prop.ForAll(columns.ToArbitrary(), column =>
        {
            var back = MetricBlock.Read(MetricBlock.Write(column));
            return Cells(column).SequenceEqual(Cells(back));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(400));
    }

    [Fact]
    public void Every_encoding_that_takes_the_values_gives_them_back()
    {
        Prop.ForAll(Values.Where(values => values.Length > 0).ToArbitrary(), values => FloatEncodings.All.All(encoding =>
        {
            var block = new BlockWriter();
            if (!encoding.TryWrite(block, values))
            {
                return true;
            }

            var back = new float[values.Length];
            var cursor = new BlockCursor(block.Written);
            encoding.Read(ref cursor, back);
            return back.Select(BitConverter.SingleToInt32Bits).SequenceEqual(values.Select(BitConverter.SingleToInt32Bits));
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(300));
    }

    [Fact]
    public void Times_come_back_even_when_the_clock_jumped()
    {
        var times = Gen.ArrayOf(Gen.Choose(0, 3_599_999)).Select(milliseconds => milliseconds.Distinct().Order().Select(at => at * 1000L).ToArray());
        Prop.ForAll(times.Where(list => list.Length > 0).ToArbitrary(), list => TimeBlock.Read(TimeBlock.Write(list)).SequenceEqual(list))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData("constant", 20)]
    [InlineData("levels", 1_000)]
    [InlineData("pages", 4_200)]
    [InlineData("noise", 14_500)]
    public void An_hour_of_one_metric_takes_no_more_than_its_information(string taste, int maxBytes)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 3600).Select(second => taste switch
        {
            "constant" => 42.5f,
            "levels" => random.Next(2) * 0.01f / 1.0003f,
            "pages" => 1e9f + (4096 * random.Next(200)),
            _ => BitConverter.Int32BitsToSingle(random.Next(0x7F000000)),
        }).ToArray();
        var column = new MetricColumn(Enumerable.Repeat(true, 3600).ToArray(), values);
        Assert.InRange(MetricBlock.Write(column).Length, 1, maxBytes);
    }

    [Fact]
    public void A_block_of_an_unknown_encoding_is_named()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => MetricBlock.Read([1, 0, 99, 0]));
        Assert.Contains("unknown encoding 99", refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int?> Cells(MetricColumn column) =>
        column.Present.Zip(column.Values, (present, value) => present ? BitConverter.SingleToInt32Bits(value) : (int?)null);
}
