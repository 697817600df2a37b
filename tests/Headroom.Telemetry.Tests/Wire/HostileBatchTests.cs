using System.Buffers.Binary;
using Headroom.Telemetry.Wire;

namespace Headroom.Telemetry.Tests.Wire;

public sealed class HostileBatchTests
{
    [Fact]
    public void A_body_changed_at_random_is_refused_with_a_reason_or_read_within_the_limits()
    {
        var random = new Random(2026);
        var bodies = Enumerable.Range(0, 50).Select(Body).ToArray();
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = Mutate(random, bodies[round % bodies.Length]);
            try
            {
                var table = FrameBatchBodyReader.Read(mutated, FrameBatchLimits.Default);
                Assert.InRange(table.Rows.Sum(rows => rows.AllValues.Length), 0, FrameBatchLimits.Default.MaxValues);
            }
            catch (FrameBatchFormatException reason)
            {
                refused++;
                Assert.InRange(reason.Offset, 0, mutated.Length);
            }
        }

        Assert.InRange(refused, 5_000, 20_000);
    }

    [Fact]
    public void An_encoded_batch_changed_at_random_is_refused_with_a_reason()
    {
        var random = new Random(7);
        var batches = Enumerable.Range(0, 20).Select(seed => FrameBatchCodec.Encode(RandomBatch.Create(seed))).ToArray();
        var refused = 0;
        for (var round = 0; round < 10_000; round++)
        {
            var encoded = batches[round % batches.Length];
            var mutated = Mutate(random, encoded);
            try
            {
                FrameBatchCodec.Decode(mutated);
            }
            catch (FrameBatchFormatException)
            {
                refused++;
            }
        }

        // Some changes hit bytes that zstd does not need, and the checksum says that the body is whole.
        Assert.InRange(refused, 9_000, 10_000);
    }

    [Fact]
    public void Every_prefix_of_a_batch_is_refused()
    {
        var encoded = FrameBatchCodec.Encode(RandomBatch.Create(3));

        for (var length = 0; length < encoded.Length; length++)
        {
            Assert.Throws<FrameBatchFormatException>(() => FrameBatchCodec.Decode(encoded.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_body_that_claims_to_be_huge_is_refused_before_memory_is_taken()
    {
        var encoded = FrameBatchCodec.Encode(RandomBatch.Create(3));
        BinaryPrimitives.WriteUInt32LittleEndian(encoded.AsSpan(8), uint.MaxValue);

        var refused = Assert.Throws<FrameBatchFormatException>(() => FrameBatchCodec.Decode(encoded));

        Assert.Equal("expected a body of at most 33554432 bytes at byte 8, got 4294967295 bytes", refused.Message);
    }

    [Fact]
    public void Each_limit_is_held_and_named()
    {
        var batch = RandomBatch.Create(11);
        var encoded = FrameBatchCodec.Encode(batch);
        var none = FrameBatchLimits.Default;

        Refuses(none with { MaxFrames = batch.Frames.Count - 1 }, "frames");
        Refuses(none with { MaxEntities = batch.Entities.Count - 1 }, "entities");
        Refuses(none with { MaxMetrics = 1 }, "metrics");
        Refuses(none with { MaxValues = 3 }, "3 places for values");
        Refuses(none with { MaxRows = 1 }, "at most 1 rows");
        Refuses(none with { MaxTextBytes = 1 }, "bytes of");
        Refuses(none with { MaxAttributes = 0 }, "attributes");
        Refuses(none with { MaxDrops = batch.Drops.Count - 1 }, "drops");
        Refuses(none with { MaxBodyBytes = 100 }, "100 bytes");

        void Refuses(FrameBatchLimits limits, string expected) =>
            Assert.Contains(expected, Assert.Throws<FrameBatchFormatException>(() => FrameBatchCodec.Decode(encoded, limits)).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_format_version_is_told_apart()
    {
        var encoded = FrameBatchCodec.Encode(RandomBatch.Create(1));
        encoded[4] = 9;

        Assert.Equal("expected format version 1 at byte 4, got 9", Assert.Throws<FrameBatchFormatException>(() => FrameBatchCodec.Decode(encoded)).Message);
    }

    private static byte[] Body(int seed)
    {
        var body = new WireWriter();
        FrameBatchBodyWriter.Write(body, RandomBatch.Create(seed));
        return body.Written.ToArray();
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var mutated = bytes.ToArray();
        for (var changes = random.Next(1, 6); changes > 0 && mutated.Length > 0; changes--)
        {
            var at = random.Next(0, mutated.Length);
            switch (random.Next(0, 4))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(0, 8));
                    break;
                case 1:
                    mutated[at] = (byte)random.Next(0, 256);
                    break;
                case 2:
                    mutated = [.. mutated.AsSpan(0, at), .. mutated.AsSpan(at + 1)];
                    break;
                default:
                    mutated.AsSpan(at, Math.Min(8, mutated.Length - at)).Fill(0xFF);
                    break;
            }
        }

        return mutated;
    }
}
