using Headroom.Learning.Data;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>
/// What one request costs on one server at full clock. Prompt time and power grow with the prompt; the token phase is steady. Power as a share of the
/// GPUs' TDP.
/// </summary>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="PromptTokens">Grid of prompt lengths, ascending.</param>
/// <param name="PromptSeconds">Prompt time at each grid point, s.</param>
/// <param name="PromptShare">Peak GPU power at each grid point.</param>
/// <param name="TokenSeconds">Time per token of a batch of one, s.</param>
/// <param name="TokenSecondsPerRequest">What each further request in the batch adds to the time per token, s.</param>
/// <param name="TokenShare">Mean GPU power of the token phase.</param>
public sealed record InferenceProfile(
    string Source, double[] PromptTokens, double[] PromptSeconds, double[] PromptShare, double TokenSeconds, double TokenSecondsPerRequest, double TokenShare)
{
    private const string Model = "bloom-176b";
    private const string Hardware = "a100-80gb";

    /// <summary>Rounded figures of BLOOM-176B on eight A100, for where the data set is absent.</summary>
    public static InferenceProfile BuiltIn { get; } = new(
        "built in: BLOOM-176B on 8 A100-80GB, rounded",
        [128, 256, 512, 1024, 2048, 4096, 8192],
        [0.08, 0.10, 0.17, 0.29, 0.54, 1.35, 3.60],
        [0.69, 0.72, 0.88, 1.01, 1.02, 1.02, 1.02],
        0.0488, 0.00055, 0.635);

    /// <summary>BLOOM-176B on eight A100 from splitwise-sim's measurements. Rows without power (0 there) were not measured.</summary>
    /// <exception cref="InvalidDataException">The table has no such rows.</exception>
    public static InferenceProfile Read(string path)
    {
        var table = CsvTable.Read(path);
        var rows = Enumerable.Range(0, table.Count)
            .Where(row => table.Text(row, "model") == Model && table.Text(row, "hardware") == Hardware && table.RequiredNumber(row, "average_power") > 0)
            .ToArray();
        double Mean(IEnumerable<int> of, string column) => of.Average(row => table.RequiredNumber(row, column));
        var single = rows.Where(row => table.RequiredNumber(row, "batch_size") == 1).GroupBy(row => table.RequiredNumber(row, "prompt_size")).OrderBy(group => group.Key).ToArray();
        var batches = rows.Where(row => table.RequiredNumber(row, "prompt_size") == 512).GroupBy(row => table.RequiredNumber(row, "batch_size")).OrderBy(group => group.Key).ToArray();
        if (single.Length < 2 || batches.Length < 2)
        {
            throw new InvalidDataException($"{path}: expected rows of {Model} on {Hardware} with several prompt and batch sizes and power, found {rows.Length} rows.");
        }

        var (one, most) = (Mean(batches[0], "token_time"), Mean(batches[^1], "token_time"));
        return new InferenceProfile(
            $"splitwise-sim: {Model} on 8 {Hardware}",
            [.. single.Select(group => group.Key)],
            [.. single.Select(group => Mean(group, "prompt_time") / 1000)],
            [.. single.Select(group => Mean(group, "peak_power"))],
            one / 1000,
            (most - one) / 1000 / (batches[^1].Key - batches[0].Key),
            batches.Average(group => Mean(group, "average_power")));
    }

    /// <summary>Time and power of a prompt; straight lines between the measured lengths, in proportion beyond them.</summary>
    public (double Seconds, double Share) Prompt(double tokens)
    {
        var upper = Array.FindIndex(PromptTokens, size => size >= tokens);
        if (upper <= 0)
        {
            var edge = upper == 0 ? 0 : PromptTokens.Length - 1;
            return (upper == 0 ? PromptSeconds[0] : PromptSeconds[edge] * tokens / PromptTokens[edge], PromptShare[edge]);
        }

        var along = (tokens - PromptTokens[upper - 1]) / (PromptTokens[upper] - PromptTokens[upper - 1]);
        return (
            PromptSeconds[upper - 1] + (along * (PromptSeconds[upper] - PromptSeconds[upper - 1])),
            PromptShare[upper - 1] + (along * (PromptShare[upper] - PromptShare[upper - 1])));
    }
}
