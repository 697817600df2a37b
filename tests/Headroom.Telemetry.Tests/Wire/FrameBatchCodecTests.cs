using FsCheck;
using FsCheck.Fluent;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;

namespace Headroom.Telemetry.Tests.Wire;

public sealed class FrameBatchCodecTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_encoded_comes_back_to_the_last_bit() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var batch = RandomBatch.Create(seed);
            BatchAssert.Equal(batch, FrameBatchCodec.Decode(FrameBatchCodec.Encode(batch)));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-0f)]
    [InlineData(float.Epsilon)]
    [InlineData(-1.1754942e-38f)]
    [InlineData(float.MinValue)]
    [InlineData(float.MaxValue)]
    public void Values_at_the_edges_keep_their_bits(float edge)
    {
        var batch = Batch(Frame(1, edge, 1f), Frame(2, null, edge), Frame(3, 0f, null));

        BatchAssert.Equal(batch, FrameBatchCodec.Decode(FrameBatchCodec.Encode(batch)));
    }

    [Fact]
    public void Values_that_are_not_finite_become_missing()
    {
        var vector = new MetricVector([float.NaN, 5f, float.PositiveInfinity], [0b111]);
        var batch = Batch(new Frame(1, Noon, [new EntitySample(0, vector)]));

        var decoded = FrameBatchCodec.Decode(FrameBatchCodec.Encode(batch)).Frames[0].Samples[0].Values;

        Assert.Equal([null, 5f, null], [decoded[0], decoded[1], decoded[2]]);
    }

    [Fact]
    public void The_table_holds_the_rows_of_an_entity_side_by_side()
    {
        var batch = Batch(Frame(5, 1f, null), Frame(9, 2f, 3f));

        var table = FrameBatchCodec.DecodeTable(FrameBatchCodec.Encode(batch));

        var rows = Assert.Single(table.Rows);
        Assert.Equal([5L, 9L], table.Sequences);
        Assert.Equal([0, 1], rows.FrameIndexes.ToArray());
        Assert.Equal([1f, 0f, 2f, 3f], rows.AllValues.ToArray());
        Assert.Equal([0b01, 0b11], rows.AllPresence.ToArray());
    }

    [Fact]
    public void Steady_metrics_take_less_than_a_byte_a_value()
    {
        var frames = Enumerable.Range(0, 60).Select(second =>
        {
            var vector = new MetricVector(100);
            for (var metric = 0; metric < 100; metric++)
            {
                vector[metric] = metric % 4 == 0 ? 1000 + second : metric;
            }

            return new Frame(second, Noon.AddSeconds(second), [new EntitySample(0, vector)]);
        });

        Assert.InRange(FrameBatchCodec.Encode(Batch([.. frames])).Length, 1, 6000);
    }

    [Fact]
    public void Text_that_no_store_takes_is_mended_before_it_is_sent()
    {
        var entity = new EntityDescriptor(0, EntityKind.Host, "a\0b", "\ud800", null, new Dictionary<string, string>());
        var batch = new FrameBatch(Guid.Empty, Guid.Empty, 1, [entity], [], []);

        var decoded = FrameBatchCodec.Decode(FrameBatchCodec.Encode(batch)).Entities[0];

        Assert.Equal(("a\uFFFDb", "\uFFFD"), (decoded.Key, decoded.Name));
    }

    [Fact]
    public void A_batch_that_contradicts_itself_is_not_encoded()
    {
        Assert.Throws<ArgumentException>(() => FrameBatchCodec.Encode(Batch(Frame(2, 1f, 1f), Frame(2, 1f, 1f))));
        Assert.Throws<ArgumentException>(() => FrameBatchCodec.Encode(Batch(new Frame(1, Noon, [new EntitySample(77, new MetricVector(1))]))));
        Assert.Throws<ArgumentException>(() => FrameBatchCodec.Encode(Batch(new Frame(1, Noon, [new EntitySample(0, new MetricVector(1)), new EntitySample(0, new MetricVector(1))]))));
    }

    private static FrameBatch Batch(params Frame[] frames) => new(
        Guid.Parse("11111111-2222-3333-4444-555555555555"),
        Guid.Parse("66666666-7777-8888-9999-000000000000"),
        1,
        [new EntityDescriptor(0, EntityKind.Host, "host", "node-1", null, new Dictionary<string, string>())],
        frames,
        []);

    private static Frame Frame(long sequence, params float?[] values)
    {
        var vector = new MetricVector(values.Length);
        for (var metric = 0; metric < values.Length; metric++)
        {
            vector[metric] = values[metric];
        }

        return new Frame(sequence, Noon.AddSeconds(sequence), [new EntitySample(0, vector)]);
    }
}
