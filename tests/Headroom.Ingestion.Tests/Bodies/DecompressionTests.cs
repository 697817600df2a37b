using System.Buffers;
using System.IO.Compression;
using Headroom.Ingestion.Bodies;

namespace Headroom.Ingestion.Tests.Bodies;

public sealed class DecompressionTests
{
    private const int Limit = 100_000;

    [Theory]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task Every_encoding_gives_back_what_went_in(string encoding)
    {
        var plain = Enumerable.Range(0, 50_000).Select(i => (byte)(i / 7)).ToArray();
        using var body = await Decompression.DecompressAsync(Pooled(Compress(encoding, plain)), encoding, Limit, null, TestContext.Current.CancellationToken);
        Assert.Equal(plain, body.Span.ToArray());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task A_bomb_is_stopped_at_the_limit(string encoding)
    {
        var bomb = Compress(encoding, new byte[200 * Limit]);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Assert.ThrowsAsync<BodyTooLargeException>(async () =>
            await Decompression.DecompressAsync(Pooled(bomb), encoding, Limit, null, TestContext.Current.CancellationToken));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 100 * Limit);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task Damage_is_malformed(string encoding)
    {
        var random = new Random(3);
        var noise = new byte[500];
        random.NextBytes(noise);
        await Assert.ThrowsAsync<MalformedBodyException>(async () =>
            await Decompression.DecompressAsync(Pooled(noise), encoding, Limit, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_encoding_is_unsupported() =>
        await Assert.ThrowsAsync<UnsupportedEncodingException>(async () =>
            await Decompression.DecompressAsync(Pooled([1]), "br", Limit, null, TestContext.Current.CancellationToken));

    [Fact]
    public void Snappy_gives_back_what_went_in()
    {
        var plain = Enumerable.Range(0, 50_000).Select(i => (byte)(i / 7)).ToArray();
        using var body = Decompression.DecompressSnappyBlock(Pooled(Snappier.Snappy.CompressToArray(plain)), Limit, null);
        Assert.Equal(plain, body.Span.ToArray());
    }

    [Fact]
    public void Snappy_that_claims_too_much_is_refused_before_memory_is_rented()
    {
        Assert.Throws<BodyTooLargeException>(() => Decompression.DecompressSnappyBlock(Pooled([0xff, 0xff, 0xff, 0x7f, 0]), Limit, null));
        Assert.Throws<MalformedBodyException>(() => Decompression.DecompressSnappyBlock(Pooled([0xa0, 0x8d, 0x06, 0]), Limit, null));
    }

    [Fact]
    public void Damaged_snappy_is_read_or_refused()
    {
        var good = Snappier.Snappy.CompressToArray(Enumerable.Range(0, 2_000).Select(i => (byte)(i / 7)).ToArray());
        Hostile.Mutate(good, seed: 5, count: 20_000, mutated =>
        {
            try
            {
                Decompression.DecompressSnappyBlock(Pooled(mutated), Limit, null).Dispose();
            }
            catch (BodyTooLargeException)
            {
                // Refused for its claim: as it should be.
            }
        });
    }

    [Fact]
    public async Task A_body_over_its_limit_is_not_read_to_the_end()
    {
        var stream = new MemoryStream(new byte[10 * Limit]);
        await Assert.ThrowsAsync<BodyTooLargeException>(async () =>
            await BoundedReading.ReadAsync(stream, null, Limit, "the body", TestContext.Current.CancellationToken));
        Assert.InRange(stream.Position, 0, 2 * Limit);
    }

    private static PooledBody Pooled(byte[] bytes)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
        bytes.CopyTo(rented, 0);
        return new PooledBody(rented, bytes.Length);
    }

    private static byte[] Compress(string encoding, byte[] plain)
    {
        var target = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(target, 3, leaveOpen: true),
            _ => new BufferedStream(target),
        })
        {
            packer.Write(plain);
            packer.Flush();
            if (packer is BufferedStream)
            {
                return target.ToArray();
            }
        }

        return target.ToArray();
    }
}
