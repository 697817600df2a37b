using Headroom.MemoryPlacement.Footprints;

namespace Headroom.MemoryPlacement.Tests.Footprints;

public sealed class KeyValueCacheTests
{
    private const long Tokens = 131_072;

    [Fact]
    public void Grouped_query_attention_caches_key_value_heads_only() =>
        Assert.Equal(2L * 32 * 8 * 128 * Tokens, SampleModels.Read("llama-3.1-8b").CachedElements(Tokens));

    [Fact]
    public void Sliding_layers_cache_their_window_and_an_encoder_nothing()
    {
        var full = 34 / 6;
        var expected = 2L * 4 * 256 * ((full * Tokens) + ((34 - full) * 1024L));
        Assert.Equal(expected, SampleModels.Read("t5gemma2-4b-4b").CachedElements(Tokens));
    }

    [Fact]
    public void Convolution_layers_of_a_hybrid_cache_a_state_whatever_the_context() =>
        Assert.Equal((6 * 2L * 8 * 64 * Tokens) + (18 * 2048L * 3), SampleModels.Read("lfm2.5-8b-a1b").CachedElements(Tokens));

    [Fact]
    public void Latent_attention_caches_one_compressed_vector_per_token()
    {
        const string config = """
            {"model_type":"deepseek_v2","hidden_size":2048,"num_hidden_layers":27,"num_attention_heads":16,"kv_lora_rank":512,"qk_nope_head_dim":128,"qk_rope_head_dim":64,
             "v_head_dim":128,"intermediate_size":10944,"moe_intermediate_size":1408,"n_routed_experts":64,"n_shared_experts":2,"num_experts_per_tok":6,"first_k_dense_replace":1,"vocab_size":102400}
            """;
        var model = ModelConfigReader.Read(config, "deepseek-v2-lite");
        Assert.Equal(27 * 576 * Tokens, model.CachedElements(Tokens));
        Assert.Equal(15.7e9, model.Parameters, 0.05e9);
    }

    [Fact]
    public void The_cache_term_opens_into_its_formula()
    {
        var term = GpuFootprint.KeyValueCache(SampleModels.Read("llama-3.1-8b"), 4, 8192, tensorParallel: 2);
        Assert.Equal(2.0 * 4 * 2 * 32 * 8 * 128 * 8192 / 2, term.Bytes);
        Assert.Contains("kv-heads", term.Formula, StringComparison.Ordinal);
        Assert.Contains("536,870,912", term.Numbers, StringComparison.Ordinal);
    }
}
