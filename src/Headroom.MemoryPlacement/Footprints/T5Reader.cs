namespace Headroom.MemoryPlacement.Footprints;

/// <summary>T5 and its kin: other key names, inner width of attention free of the hidden size, cross-attention in every decoder layer.</summary>
internal static class T5Reader
{
    public static ModelShape Read(ConfigValues root, string name)
    {
        var hidden = root.Required("d_model");
        var heads = root.Required("num_heads");
        var attention = new Attention(heads, heads, root.Required("d_kv"));
        var gated = (root.Text("feed_forward_proj") ?? "relu").StartsWith("gated", StringComparison.Ordinal);
        var feed = new FeedForward(root.Required("d_ff"), gated);
        var encoder = root.Required("num_layers");
        var decoder = root.Optional("num_decoder_layers") ?? encoder;
        var buckets = root.Optional("relative_attention_num_buckets") ?? 32;
        return new ModelShape(
            name, hidden, root.Required("vocab_size"), root.Flag("tie_word_embeddings") ?? true ? 1 : 2, (2L * hidden) + (2L * buckets * heads),
            [
                .. Enumerable.Repeat(new Layer(attention, feed, 2L * hidden, InDecoder: false), encoder),
                .. Enumerable.Repeat(new Layer(attention, feed, 3L * hidden, attention), decoder),
            ]);
    }
}
