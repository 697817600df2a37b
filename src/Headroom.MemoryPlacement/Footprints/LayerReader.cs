namespace Headroom.MemoryPlacement.Footprints;

/// <summary>The layers of one stack of a <c>config.json</c>, each with its kind of mixer and feed-forward part.</summary>
internal static class LayerReader
{
    public static IEnumerable<Layer> Read(ConfigValues values, ModelFamily family, int hidden, bool inDecoder)
    {
        var count = values.Required("num_hidden_layers");
        var kinds = Kinds(values, family, count);
        var dense = Dense(values, family, hidden);
        var experts = Experts(values, family);
        var denseFirst = values.Optional("first_k_dense_replace", "num_dense_layers") ?? 0;
        var norms = (long)family.NormsPerLayer * hidden;
        for (var index = 0; index < count; index++)
        {
            yield return new Layer(Mixer(values, family, hidden, kinds[index]), experts is not null && index >= denseFirst ? experts : dense, norms, InDecoder: inDecoder);
        }
    }

    private static TokenMixer Mixer(ConfigValues values, ModelFamily family, int hidden, string kind)
    {
        if (kind == "conv")
        {
            return new ShortConvolution(values.Optional("conv_L_cache") ?? 3);
        }

        var heads = values.Required("num_attention_heads");
        if (values.Optional("kv_lora_rank") is { } rank and > 0)
        {
            return new LatentAttention(
                heads, values.Optional("q_lora_rank"), rank, values.Required("qk_nope_head_dim"), values.Required("qk_rope_head_dim"), values.Required("v_head_dim"));
        }

        var window = kind == "sliding_attention" ? values.Optional("sliding_window") : null;
        var bias = values.Flag("attention_bias") ?? false ? AttentionBias.All : family.Bias;
        return new Attention(
            heads, values.Optional("num_key_value_heads") ?? heads, values.Optional("head_dim") ?? hidden / heads, window, bias, family.QueryKeyNorm);
    }

    private static FeedForward Dense(ConfigValues values, ModelFamily family, int hidden) =>
        new(values.Optional("intermediate_size") ?? 4 * hidden, family.Gated);

    private static FeedForward? Experts(ConfigValues values, ModelFamily family)
    {
        if (values.Optional("num_experts", "num_local_experts", "n_routed_experts") is not { } experts || experts <= 1)
        {
            return null;
        }

        var width = values.Required("moe_intermediate_size", "intermediate_size");
        var shared = values.Optional("shared_expert_intermediate_size") ?? (values.Optional("n_shared_experts") ?? 0) * width;
        return new FeedForward(width, family.Gated, experts, values.Required("num_experts_per_tok"), shared);
    }

    /// <summary>One kind per layer: from layer_types, from the indices of attention layers, from a window's pattern, else full attention everywhere.</summary>
    private static string[] Kinds(ConfigValues values, ModelFamily family, int count)
    {
        if (values.Texts("layer_types") is { } given)
        {
            var unknown = given.FirstOrDefault(kind => kind is not ("full_attention" or "sliding_attention" or "conv"));
            return unknown is not null
                ? throw new MemoryInputException($"{values.Source}: expected full_attention, sliding_attention or conv in layer_types, got '{unknown}'.")
                : given.Count == count
                    ? [.. given]
                    : throw new MemoryInputException($"{values.Source}: expected {count} layer_types, one per layer, got {given.Count}.");
        }

        if (values.Numbers("full_attn_idxs") is { } attention)
        {
            return [.. Enumerable.Range(0, count).Select(index => attention.Contains(index) ? "full_attention" : "conv")];
        }

        var windowed = values.Optional("sliding_window") is > 0 && values.Flag("use_sliding_window") is not false;
        var every = values.Optional("sliding_window_pattern") ?? family.WindowEvery;
        return [.. Enumerable.Range(0, count).Select(index => !windowed || (every > 0 && (index + 1) % every == 0) ? "full_attention" : "sliding_attention")];
    }
}
