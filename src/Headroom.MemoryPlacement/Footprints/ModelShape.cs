namespace Headroom.MemoryPlacement.Footprints;

/// <summary>What mixes tokens in a layer: decides its parameters, and what a cached token costs.</summary>
public abstract record TokenMixer
{
    /// <summary>Parameters of one layer's mixer.</summary>
    public abstract long Parameters(int hidden);

    /// <summary>Cached elements of one layer for one sequence of this many tokens.</summary>
    public abstract long CachedElements(int hidden, long tokens);

    /// <summary>Multiply-adds x 2 of scores and values for one token, beside the projections: what grows with the context.</summary>
    public abstract double ScoreFlopsPerToken(long tokens);
}

/// <summary>Softmax attention, grouped or not; a window makes it sliding.</summary>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads (fewer than query heads: grouped-query attention).</param>
/// <param name="HeadDimension">Elements per head.</param>
/// <param name="Window">Tokens seen back; null sees all.</param>
/// <param name="Bias">Which projections carry a bias.</param>
/// <param name="QueryKeyNorm">RMS norm over the head dimension of queries and keys.</param>
public sealed record Attention(int Heads, int KeyValueHeads, int HeadDimension, long? Window = null, AttentionBias Bias = AttentionBias.None, bool QueryKeyNorm = false) : TokenMixer
{
    public override long Parameters(int hidden)
    {
        long queries = (long)Heads * HeadDimension, keys = (long)KeyValueHeads * HeadDimension;
        var bias = Bias switch
        {
            AttentionBias.QueryKeyValue => queries + (2 * keys),
            AttentionBias.All => queries + (2 * keys) + hidden,
            _ => 0,
        };
        return (hidden * queries * 2) + (hidden * keys * 2) + bias + (QueryKeyNorm ? 2L * HeadDimension : 0);
    }

    public override long CachedElements(int hidden, long tokens) => 2L * KeyValueHeads * HeadDimension * Math.Min(tokens, Window ?? tokens);

    public override double ScoreFlopsPerToken(long tokens) => 2.0 * Heads * HeadDimension * Math.Min(tokens, 2 * (Window ?? tokens));
}

public enum AttentionBias
{
    None,
    QueryKeyValue,
    All,
}

/// <summary>Multi-head latent attention (DeepSeek-V2): keys and values are cached as one compressed vector and a shared rotary part.</summary>
public sealed record LatentAttention(int Heads, int? QueryRank, int KeyValueRank, int NopeDimension, int RopeDimension, int ValueDimension) : TokenMixer
{
    public override long Parameters(int hidden)
    {
        long head = NopeDimension + RopeDimension;
        var query = QueryRank is { } rank ? ((long)hidden * rank) + rank + (rank * Heads * head) : hidden * Heads * head;
        var keyValue = ((long)hidden * (KeyValueRank + RopeDimension)) + KeyValueRank + ((long)KeyValueRank * Heads * (NopeDimension + ValueDimension));
        return query + keyValue + ((long)Heads * ValueDimension * hidden);
    }

    public override long CachedElements(int hidden, long tokens) => (KeyValueRank + RopeDimension) * tokens;

    public override double ScoreFlopsPerToken(long tokens) => (double)Heads * (NopeDimension + RopeDimension + ValueDimension) * tokens;
}

/// <summary>Gated short convolution (LFM2): projections to 3h and back, a depthwise kernel, a state of kernel length whatever the context.</summary>
public sealed record ShortConvolution(int Kernel) : TokenMixer
{
    public override long Parameters(int hidden) => (3L * hidden * hidden) + ((long)hidden * hidden) + ((long)hidden * Kernel);

    public override long CachedElements(int hidden, long tokens) => (long)hidden * Kernel;

    public override double ScoreFlopsPerToken(long tokens) => 0;
}

/// <summary>The feed-forward part of a layer. One expert is a dense layer.</summary>
/// <param name="Intermediate">Width of one expert.</param>
/// <param name="Gated">Three matrices (SwiGLU, GeGLU) instead of two.</param>
/// <param name="Experts">Experts there are; 1 for dense.</param>
/// <param name="ActiveExperts">Experts a token visits.</param>
/// <param name="SharedIntermediate">Width of experts every token visits.</param>
/// <param name="Bias">Biases in the matrices of a dense layer.</param>
public sealed record FeedForward(int Intermediate, bool Gated = true, int Experts = 1, int ActiveExperts = 1, int SharedIntermediate = 0, bool Bias = false)
{
    private int Matrices => Gated ? 3 : 2;

    public long Parameters(int hidden) => Of(hidden, Experts);

    /// <summary>Parameters one token meets.</summary>
    public long ActiveParameters(int hidden) => Of(hidden, ActiveExperts);

    private long Of(int hidden, int experts) =>
        ((long)Matrices * hidden * Intermediate * experts)
        + ((long)Matrices * hidden * SharedIntermediate)
        + (Experts > 1 ? (long)hidden * Experts : 0)
        + (Bias ? (((long)Matrices - 1) * Intermediate) + hidden : 0);
}

/// <summary>One layer.</summary>
/// <param name="Mixer">Its token mixer.</param>
/// <param name="Feed">Its feed-forward part.</param>
/// <param name="NormParameters">Parameters of its norms.</param>
/// <param name="Cross">Cross-attention of a decoder that has its own, else null.</param>
/// <param name="InDecoder">False in an encoder: nothing is cached there while generating.</param>
public sealed record Layer(TokenMixer Mixer, FeedForward Feed, long NormParameters, Attention? Cross = null, bool InDecoder = true);

/// <summary>A transformer as far as memory and time depend on it.</summary>
/// <param name="Name">Name shown.</param>
/// <param name="Hidden">Width of the residual stream.</param>
/// <param name="Vocabulary">Rows of the embedding.</param>
/// <param name="EmbeddingTables">Tables of vocabulary x hidden: 1 where the head is tied, 2 where it is not.</param>
/// <param name="ExtraParameters">Final norms, learned positions.</param>
/// <param name="Layers">Every layer in order, encoder first.</param>
/// <param name="WeightBytes">Bytes per weight as stored, 2 for bf16.</param>
public sealed record ModelShape(string Name, int Hidden, long Vocabulary, int EmbeddingTables, long ExtraParameters, IReadOnlyList<Layer> Layers, double WeightBytes = 2)
{
    /// <summary>Every parameter, counted from the architecture.</summary>
    public long Parameters => Embeddings + ExtraParameters + Layers.Sum(layer => LayerParameters(layer, layer.Feed.Parameters(Hidden)));

    /// <summary>Parameters one token is multiplied with (experts it does not visit and the looked-up embedding left out).</summary>
    public long ActiveParameters => (Vocabulary * Hidden) + Layers.Sum(layer => LayerParameters(layer, layer.Feed.ActiveParameters(Hidden)));

    public long Embeddings => EmbeddingTables * Vocabulary * Hidden;

    /// <summary>Elements of the largest single tensor.</summary>
    public long LargestTensor => Math.Max(Vocabulary * Hidden, Layers.Max(layer => (long)layer.Feed.Intermediate * Hidden));

    /// <summary>Cached elements for one sequence of this many tokens, kind by kind: layers x kv-heads x head-dim, never a guess from the parameter count.</summary>
    public long CachedElements(long tokens) => Layers.Where(layer => layer.InDecoder)
        .Sum(layer => layer.Mixer.CachedElements(Hidden, tokens) + (layer.Cross?.CachedElements(Hidden, tokens) ?? 0));

    private long LayerParameters(Layer layer, long feed) =>
        layer.Mixer.Parameters(Hidden) + feed + layer.NormParameters + (layer.Cross?.Parameters(Hidden) ?? 0);
}
