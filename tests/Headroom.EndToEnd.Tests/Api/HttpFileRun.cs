using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>What a request was answered.</summary>
internal sealed record HttpFileAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string? ContentType, string Body);

/// <summary>Runs the requests of one file in their order, as an editor does: later ones may use the answers of earlier ones.</summary>
internal sealed partial class HttpFileRun(HttpFile file, Uri server)
{
    private readonly Dictionary<string, HttpFileAnswer> _answers = [];

    /// <summary>The address with everything in braces filled in.</summary>
    public Uri AddressOf(HttpFileRequest request) => new(Fill(request.Address));

    public async Task<HttpFileAnswer> SendAsync(HttpClient client, HttpFileRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), AddressOf(request));
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(request.Body)));
        }

        foreach (var (name, value) in request.Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                message.Headers.TryAddWithoutValidation(name, Fill(value));
            }
        }

        // A stream of events has no end: its head is the answer.
        var isStream = message.RequestUri!.AbsolutePath.EndsWith("/live", StringComparison.Ordinal);
        using var response = await client.SendAsync(message, isStream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, cancellationToken);
        var answer = new HttpFileAnswer(
            (int)response.StatusCode,
            response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
            response.Content.Headers.ContentType?.MediaType,
            isStream && response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(cancellationToken));
        if (request.Name is { } known)
        {
            _answers[known] = answer;
        }

        return answer;
    }

    private string Fill(string text) => Braces().Replace(text, match => Value(match.Groups["what"].Value.Trim()));

    private string Value(string what)
    {
        if (what == "server")
        {
            return server.ToString().TrimEnd('/');
        }

        if (what == "$guid")
        {
            return Guid.NewGuid().ToString();
        }

        if (Timestamp().Match(what) is { Success: true } timestamp)
        {
            var offset = timestamp.Groups["count"] is { Success: true } count ? int.Parse(count.Value, CultureInfo.InvariantCulture) : 0;
            var unit = timestamp.Groups["unit"].Value switch { "h" => TimeSpan.FromHours(1), "d" => TimeSpan.FromDays(1), _ => TimeSpan.FromMinutes(1) };
            return (TimeProvider.System.GetUtcNow() + (offset * unit)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        if (Answer().Match(what) is { Success: true } reference)
        {
            var answer = _answers.GetValueOrDefault(reference.Groups["name"].Value) ?? throw new FormatException($"{file.Name}: '{{{{{what}}}}}' names a request that was not sent before.");
            return reference.Groups["header"] is { Success: true } header ? answer.Headers[header.Value] : Read(answer, reference.Groups["path"].Value, what);
        }

        return file.Variables.TryGetValue(what, out var value) ? Fill(value) : throw new FormatException($"{file.Name}: nothing is known of '{{{{{what}}}}}'.");
    }

    private string Read(HttpFileAnswer answer, string path, string what)
    {
        using var body = JsonDocument.Parse(answer.Body);
        var element = body.RootElement;
        foreach (Match step in Step().Matches(path))
        {
            element = step.Groups["index"] is { Success: true } index
                ? element.EnumerateArray().ElementAtOrDefault(int.Parse(index.Value, CultureInfo.InvariantCulture))
                : element.GetProperty(step.Groups["property"].Value);
        }

        return element.ValueKind == JsonValueKind.Undefined ? throw new FormatException($"{file.Name}: the answer has no '{{{{{what}}}}}': {answer.Body}") : element.ToString();
    }

    [GeneratedRegex(@"\{\{(?<what>[^}]+)\}\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"^\$timestamp( (?<count>-?\d+) (?<unit>[mhd]))?$")]
    private static partial Regex Timestamp();

    [GeneratedRegex(@"^(?<name>\w+)\.response\.(headers\.(?<header>[\w-]+)|body\.\$\.?(?<path>.+))$")]
    private static partial Regex Answer();

    [GeneratedRegex(@"\[(?<index>\d+)\]|(?<property>\w+)")]
    private static partial Regex Step();
}
