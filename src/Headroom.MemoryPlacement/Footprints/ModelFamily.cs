namespace Headroom.MemoryPlacement.Footprints;

/// <summary>What a model type implies without its <c>config.json</c> saying so.</summary>
/// <param name="Bias">Biases of the attention projections.</param>
/// <param name="QueryKeyNorm">Norms on queries and keys.</param>
/// <param name="NormsPerLayer">RMS norms of hidden size in a layer.</param>
/// <param name="Tied">Whether the head shares the embedding where the file is silent.</param>
/// <param name="WindowEvery">Sliding windows in all but every n-th layer; 0 for none.</param>
/// <param name="Gated">Gated feed-forward.</param>
internal sealed record ModelFamily(
    AttentionBias Bias = AttentionBias.None, bool QueryKeyNorm = false, int NormsPerLayer = 2, bool Tied = false, int WindowEvery = 0, bool Gated = true)
{
    private static readonly ModelFamily Plain = new();

    private static readonly Dictionary<string, ModelFamily> Known = new(StringComparer.Ordinal)
    {
        ["qwen2"] = new(AttentionBias.QueryKeyValue),
        ["qwen2_moe"] = new(AttentionBias.QueryKeyValue),
        ["qwen3"] = new(QueryKeyNorm: true),
        ["qwen3_moe"] = new(QueryKeyNorm: true),
        ["gemma"] = new(Tied: true),
        ["gemma2"] = new(NormsPerLayer: 4, Tied: true, WindowEvery: 2),
        ["gemma3"] = new(QueryKeyNorm: true, NormsPerLayer: 4, Tied: true, WindowEvery: 6),
        ["gemma3_text"] = new(QueryKeyNorm: true, NormsPerLayer: 4, Tied: true, WindowEvery: 6),
        ["t5gemma2"] = new(QueryKeyNorm: true, NormsPerLayer: 4, Tied: true, WindowEvery: 6),
        ["lfm2"] = new(QueryKeyNorm: true, Tied: true),
        ["lfm2_moe"] = new(QueryKeyNorm: true, Tied: true),
    };

    public static ModelFamily Of(string? modelType) => modelType is not null && Known.TryGetValue(modelType, out var family) ? family : Plain;
}
