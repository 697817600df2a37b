using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headroom.MemoryPlacement.Options;

[JsonConverter(typeof(JsonStringEnumConverter<OptionScope>))]
public enum OptionScope
{
    Weights,
    KeyValueCache,
    Activations,
    Optimizer,
}

/// <summary>A published way to need less memory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scope">What it makes smaller.</param>
/// <param name="Factor">Size left, as a share of before, 0 to 1, as claimed.</param>
/// <param name="Claim">The claim in one line, with what it was shown on.</param>
/// <param name="Source">Where it is claimed.</param>
/// <param name="Measured">Whether we measured it ourselves: never so far.</param>
public sealed record MemoryOption(string Name, OptionScope Scope, double Factor, string Claim, string Source, bool Measured = false);

/// <summary>The options by name, and what several of them leave together.</summary>
public static class MemoryOptions
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<IReadOnlyList<MemoryOption>> Table = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("options.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<MemoryOption>>(stream, Web)!;
    });

    public static IReadOnlyList<MemoryOption> All => Table.Value;

    /// <exception cref="MemoryInputException">A name is unknown, or two options make the same thing smaller: their claims were not made together.</exception>
    public static IReadOnlyDictionary<OptionScope, double> Combined(IEnumerable<string> names)
    {
        var chosen = names.Select(name => All.FirstOrDefault(option => option.Name == name)
            ?? throw new MemoryInputException($"Expected one of {string.Join(", ", All.Select(option => option.Name))}, got '{name}'.")).ToArray();
        var twice = chosen.GroupBy(option => option.Scope).FirstOrDefault(group => group.Count() > 1);
        return twice is not null
            ? throw new MemoryInputException($"Expected at most one option per scope, got {string.Join(" and ", twice.Select(option => option.Name))} for {twice.Key}: claims for the same thing do not multiply.")
            : chosen.ToDictionary(option => option.Scope, option => option.Factor);
    }
}
