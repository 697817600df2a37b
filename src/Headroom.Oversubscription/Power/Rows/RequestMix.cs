using Headroom.Learning.Data;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Requests to draw from: prompt and output lengths of one request stay together.</summary>
/// <param name="Source">Where they come from.</param>
/// <param name="PromptTokens">Prompt length of each.</param>
/// <param name="OutputTokens">Tokens generated, at least 1.</param>
public sealed record RequestMix(string Source, double[] PromptTokens, double[] OutputTokens)
{
    private const int Drawn = 20_000;

    public int Count => PromptTokens.Length;

    /// <summary>Both public Azure services together, in the proportion in which they were asked.</summary>
    /// <param name="paths">Files with ContextTokens and GeneratedTokens.</param>
    public static RequestMix Read(IReadOnlyList<string> paths)
    {
        var (prompts, outputs) = (new List<double>(), new List<double>());
        foreach (var table in paths.Select(CsvTable.Read))
        {
            for (var row = 0; row < table.Count; row++)
            {
                prompts.Add(Math.Max(table.RequiredNumber(row, "ContextTokens"), 1));
                outputs.Add(Math.Max(table.RequiredNumber(row, "GeneratedTokens"), 1));
            }
        }

        return new RequestMix($"{prompts.Count} requests of {string.Join(" and ", paths.Select(Path.GetFileName))}", [.. prompts], [.. outputs]);
    }

    /// <summary>
    /// Synthetic: seven of ten requests converse (prompts about 1150 tokens, answers about 210), the others complete code (2050 and 28); lognormal lengths.
    /// The means are those of the public Azure services of 2023.
    /// </summary>
    public static RequestMix BuiltIn(int seed)
    {
        var random = new Xoshiro(seed, int.MaxValue);
        var (prompts, outputs) = (new double[Drawn], new double[Drawn]);
        for (var request = 0; request < Drawn; request++)
        {
            var converses = random.NextDouble() < 0.69;
            prompts[request] = Lognormal(ref random, converses ? 1150 : 2050, 0.8, 8000);
            outputs[request] = Lognormal(ref random, converses ? 210 : 28, converses ? 0.9 : 1.2, 2000);
        }

        return new RequestMix("built in: lognormal lengths with the means of the Azure services of 2023", prompts, outputs);
    }

    private static double Lognormal(ref Xoshiro random, double mean, double deviation, double most) =>
        Math.Clamp(Math.Exp(Math.Log(mean) - (deviation * deviation / 2) + (deviation * random.NextNormal())), 1, most);
}
