using System.Text.RegularExpressions;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>One request of a <c>.http</c> file, as editors run them.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Title">What stands after <c>###</c>, before the arrow.</param>
/// <param name="Statuses">Status codes that the title states.</param>
/// <param name="Name">Name by which later requests refer to its answer; null for none.</param>
/// <param name="Body">Null for none.</param>
internal sealed record HttpFileRequest(
    string File, string Title, IReadOnlyList<int> Statuses, string? Name, string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers, string? Body);

/// <summary>A file of requests: <c>@variable = value</c> lines, then blocks that begin with <c>### Title -> 200</c>.</summary>
internal sealed partial record HttpFile(string Name, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<HttpFileRequest> Requests)
{
    /// <summary>The files under <c>docs/http</c>.</summary>
    public static IEnumerable<HttpFile> All() => Directory.EnumerateFiles(Path.Combine(ApiDocument.Checkout(), "docs", "http"), "*.http").Order(StringComparer.Ordinal)
        .Select(path => Parse(Path.GetFileName(path), System.IO.File.ReadAllText(path)));

    /// <exception cref="FormatException">A block has no request line or no status; the message says which.</exception>
    public static HttpFile Parse(string name, string text)
    {
        var blocks = Separator().Split(text.ReplaceLineEndings("\n"));
        var variables = Variable().Matches(blocks[0]).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim());
        return new HttpFile(name, variables, [.. blocks.Skip(1).Select(block => Request(name, block))]);
    }

    private static HttpFileRequest Request(string file, string block)
    {
        var lines = block.Split('\n');
        if (Heading().Match(lines[0]) is not { Success: true } heading)
        {
            throw new FormatException($"{file}: expected '### Title -> 200', got '### {lines[0]}'.");
        }

        var name = lines.Select(line => Naming().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value;
        var rest = lines.Skip(1).SkipWhile(line => line.Length == 0 || line[0] is '#' or '/').ToList();
        if (rest is not [var first, ..] || RequestLine().Match(first) is not { Success: true } request)
        {
            throw new FormatException($"{file}: expected a line such as 'GET {{{{server}}}}/api/v1/hosts' below '{lines[0]}'.");
        }

        var headers = rest.Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Select(parts => (parts[0].Trim(), parts[1].Trim())).ToList();
        var body = string.Join('\n', rest.Skip(1 + headers.Count)).Trim();
        return new HttpFileRequest(
            file, heading.Groups["title"].Value.Trim(), [.. heading.Groups["status"].Value.Split('|').Select(int.Parse)], name,
            request.Groups["method"].Value, request.Groups["address"].Value, headers, body.Length == 0 ? null : body);
    }

    [GeneratedRegex(@"^###[ \t]*", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^@(?<name>\w+)[ \t]*=[ \t]*(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<title>.+)->[ ]*(?<status>\d{3}(\|\d{3})*)[ ]*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^# @name (?<name>\w+)$")]
    private static partial Regex Naming();

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|DELETE) (?<address>.+)$")]
    private static partial Regex RequestLine();
}
