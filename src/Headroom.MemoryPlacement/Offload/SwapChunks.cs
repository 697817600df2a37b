namespace Headroom.MemoryPlacement.Offload;

/// <summary>
/// Moving a cache in chunks: n chunks of s bytes take n (t0 + s / B), so the bandwidth that arrives is s / (t0 + s / B). Small pages waste the link
/// (FastSwitch, arXiv 2411.18424).
/// </summary>
/// <param name="FixedSeconds">t0: cost of one transfer whatever its size.</param>
/// <param name="BytesPerSecond">B: the link.</param>
public sealed record SwapChunks(double FixedSeconds, double BytesPerSecond)
{
    /// <summary>Chunk sizes to look at: 4 KiB, a page, to 64 MiB, in steps of four.</summary>
    public static IReadOnlyList<double> Sizes { get; } = [.. Enumerable.Range(0, 8).Select(step => 4_096.0 * Math.Pow(4, step))];

    public double Effective(double chunkBytes) => chunkBytes / (FixedSeconds + (chunkBytes / BytesPerSecond));

    public double Seconds(double bytes, double chunkBytes) => bytes / Effective(chunkBytes);

    /// <summary>The smallest chunk that reaches this share of the link, 0 to 1 exclusive.</summary>
    public double ChunkFor(double share) => share is > 0 and < 1
        ? share * FixedSeconds * BytesPerSecond / (1 - share)
        : throw new MemoryInputException(FormattableString.Invariant($"Expected a share of the link between 0 and 1, got {share}."));

    /// <summary>
    /// Tokens from which swapping in beats computing again, where prefill takes a n + b n^2 seconds: the root of k n / B_eff = a n + b n^2. Null when
    /// computing is always faster.
    /// </summary>
    public double? BreakEvenTokens(double cacheBytesPerToken, double chunkBytes, double prefillLinear, double prefillQuadratic)
    {
        var tokens = ((cacheBytesPerToken / Effective(chunkBytes)) - prefillLinear) / prefillQuadratic;
        return tokens <= 0 ? 0 : double.IsFinite(tokens) ? tokens : null;
    }
}
