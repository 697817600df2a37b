using System.Reflection;

namespace Headroom.MemoryPlacement.Footprints;

/// <summary>Model configurations that come with the product: the numbers of public architectures, for examples and evaluations.</summary>
public static class SampleModels
{
    /// <summary>The four models of arXiv 2507.03305's code, in its order.</summary>
    public static IReadOnlyList<string> CxlPaper { get; } = ["qwen2.5-7b", "mistral-nemo-12b", "t5gemma2-4b-4b", "lfm2.5-8b-a1b"];

    /// <summary>7B to 70B, for the SSD offload formulas.</summary>
    public static IReadOnlyList<string> SsdOffload { get; } = ["qwen2.5-7b", "llama-3.1-8b", "mistral-nemo-12b", "qwen2.5-14b", "qwen2.5-32b", "llama-3.1-70b"];

    public static IReadOnlyList<string> All { get; } = ["llama-3.1-1b", .. SsdOffload, "t5gemma2-4b-4b", "lfm2.5-8b-a1b"];

    /// <summary>The configuration as JSON.</summary>
    public static string Json(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.json")
            ?? throw new MemoryInputException($"Expected one of {string.Join(", ", All)}, got '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static ModelShape Read(string name) => ModelConfigReader.Read(Json(name), name);
}
