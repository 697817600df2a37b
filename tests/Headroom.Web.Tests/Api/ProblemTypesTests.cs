using System.Text.RegularExpressions;
using Headroom.Web.Api;

namespace Headroom.Web.Tests.Api;

/// <summary>One table of problems: what the code answers, what the code's table says, and what <c>docs/api.md</c> tells people.</summary>
public sealed partial class ProblemTypesTests
{
    private static readonly string Root = Checkout();

    private static IReadOnlyList<(string Uri, int Status, string Meaning)> Documented { get; } =
        [.. Row().Matches(File.ReadAllText(Path.Combine(Root, "docs", "api.md"))).Select(match => (match.Groups["uri"].Value, int.Parse(match.Groups["status"].Value), match.Groups["meaning"].Value))];

    /// <summary>Types that stand in the source of the server, wherever that is.</summary>
    private static IReadOnlySet<string> Used { get; } = Sources("web", "src").Select(File.ReadAllText)
        .SelectMany(text => Whole().Matches(text).Select(match => match.Value)
            .Concat(Made().Matches(text).Select(match => $"{Problems.Prefix}{match.Groups["name"].Value}"))
            .Concat(Named().Matches(text).SelectMany(match => Name().Matches(match.Value)).Select(match => $"{Problems.Prefix}{match.Groups["name"].Value}")))
        .ToHashSet();

    [Fact]
    public void The_page_lists_every_type_of_the_table_with_the_same_status_and_words()
    {
        var rows = ProblemTypes.All.Select(type => (type.Uri, type.Status, type.Meaning)).ToArray();
        Assert.Equal([], rows.Except(Documented));
        Assert.Equal([], Documented.Where(row => !row.Uri.StartsWith($"{Problems.Prefix}ingest:", StringComparison.Ordinal)).Except(rows));
    }

    [Fact]
    public void Every_type_that_is_answered_is_documented() => Assert.Equal([], Used.Except(Documented.Select(row => row.Uri)).Order());

    [Fact]
    public void Every_type_that_is_documented_is_answered()
    {
        // What stands for a status code alone is answered by the pipeline, not by name.
        var general = ProblemTypes.All.Where(type => ProblemTypes.OfStatus(type.Status) == type).Select(type => type.Uri);
        Assert.Equal([], Documented.Select(row => row.Uri).Except(Used).Except(general).Order());
    }

    [Fact]
    public void No_type_stands_twice() => Assert.Equal([], Documented.GroupBy(row => row.Uri).Where(group => group.Count() > 1).Select(group => group.Key));

    private static IEnumerable<string> Sources(params string[] folders) => folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => Path.GetFileName(file) is not "ProblemTypes.cs");

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        Assert.SkipWhen(folder is null, "the tests do not run from a checkout");
        return folder!.FullName;
    }

    [GeneratedRegex(@"^\| `(?<uri>urn:headroom:[a-z:-]+)` \| (?<status>\d{3}) \| (?<meaning>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"urn:headroom:[a-z]+(:[a-z-]+|-[a-z-]+)")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(\{Prefix\}|Problems\.(Invalid|NotFound|Conflict|Unavailable|Unprocessable)\(\s*"")(?<name>[a-z-]+)")]
    private static partial Regex Made();

    [GeneratedRegex(@"Refuses\((""[a-z-]+""(, )?)+\)")]
    private static partial Regex Named();

    [GeneratedRegex(@"""(?<name>[a-z-]+)""")]
    private static partial Regex Name();
}
