namespace Headroom.Oversubscription.Power.Rows;

/// <summary>The requests a row may be asked for, with what each costs at full clock.</summary>
public sealed class RowLoad
{
    private static readonly string[] Services = ["conv", "code"];

    public RowLoad(InferenceProfile profile, RequestMix mix)
    {
        (Profile, Mix) = (profile, mix);
        Requests = [.. mix.PromptTokens.Zip(mix.OutputTokens, (prompt, output) =>
        {
            var (seconds, share) = profile.Prompt(prompt);
            return new RequestCost((float)seconds, (float)share, (float)output);
        })];
    }

    public InferenceProfile Profile { get; }

    public RequestMix Mix { get; }

    internal RequestCost[] Requests { get; }

    /// <summary>From the public data sets where they lie, built in otherwise.</summary>
    /// <param name="datasets">Folder that holds the public data sets; null for the built-in load.</param>
    /// <param name="seed">Seed of the built-in requests.</param>
    public static RowLoad Find(string? datasets, int seed)
    {
        var profile = datasets is null ? null : Path.Combine(datasets, "llm-gpu-performance", "splitwise_perf_model.csv.gz");
        string[] traces = datasets is null ? [] : [.. Services.Select(name => Path.Combine(datasets, "llm-requests-azure2023", $"{name}.csv.gz"))];
        return new RowLoad(
            File.Exists(profile) ? InferenceProfile.Read(profile) : InferenceProfile.BuiltIn,
            traces.Length > 0 && traces.All(File.Exists) ? RequestMix.Read(traces) : RequestMix.BuiltIn(seed));
    }
}

/// <summary>What one request costs at full clock; small, because millions are drawn.</summary>
/// <param name="PromptSeconds">Time of its prompt, s.</param>
/// <param name="PromptShare">GPU power of its prompt as a share of TDP.</param>
/// <param name="OutputTokens">Tokens to generate.</param>
internal readonly record struct RequestCost(float PromptSeconds, float PromptShare, float OutputTokens);
