using System.Text.RegularExpressions;

namespace Headroom.Architecture.Tests;

/// <summary>The table of rooms in README.md: which project may reference which.</summary>
internal static partial class RoomTable
{
    /// <summary>Project name to the names it may reference, without the leading <c>Headroom.</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Read()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["references"].Value.Trim());
        var allowed = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var (name, references) in rows)
        {
            allowed[name] = references switch
            {
                "nothing" => new HashSet<string>(),
                _ when references.StartsWith("all but ", StringComparison.Ordinal) =>
                    rows.Keys.Except(Names(references["all but ".Length..])).Where(other => other != name).ToHashSet(),
                _ => Names(references).ToHashSet(),
            };
        }

        return allowed;
    }

    private static string[] Names(string list) => list.Split([",", " and "], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^\| `(src|web|migrations)/Headroom\.(?<name>\w+)` \|[^|]*\|(?<references>[^|]*)\|$")]
    private static partial Regex Row();
}
