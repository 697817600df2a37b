using System.Text.RegularExpressions;

namespace Headroom.Architecture.Tests;

/// <summary>The list of docs/security.md names tests that exist.</summary>
public sealed partial class SecurityListTests
{
    [Fact]
    public void Every_line_names_a_test_that_exists_or_gives_a_reason()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        var lines = File.ReadLines(Path.Combine(Repository.Root, "docs", "security.md")).Where(line => Item().IsMatch(line)).ToArray();
        Assert.True(lines.Length > 20, $"found only {lines.Length} lines");
        foreach (var line in lines)
        {
            Assert.True(line.Split('|')[3].Trim().Length > 0, $"{line}: neither a test nor a reason");
            Assert.All(NamedTest().Matches(line), match => Assert.True(tests.Contains(match.Groups["name"].Value), $"there is no test {match.Groups["name"].Value}"));
        }
    }

    [GeneratedRegex(@"^\| \d")]
    private static partial Regex Item();

    [GeneratedRegex(@"test `(?<name>\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"public (async )?(Task|ValueTask|void) (?<name>\w+_\w+)\(")]
    private static partial Regex TestMethod();
}
