using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>What the server says of itself is what is checked in, and it follows the rules of the house.</summary>
public sealed class ApiDocumentTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<ApiOperation> Operations => ApiDocument.CheckedIn().Operations;

    [Fact]
    public async Task The_served_document_is_the_one_that_is_checked_in()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        var served = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancellation));
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ApiDocument.Checkout(), ApiDocument.FileName), Cancellation));
        var differences = Differences("", file, served).Take(20).ToArray();
        Assert.True(
            differences.Length == 0,
            $"the API is not as {ApiDocument.FileName} says; if that is meant, run './headroom docs openapi' in the checkout and commit the file:\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void Every_operation_has_an_id_of_its_own_a_summary_and_a_tag()
    {
        Assert.Equal([], Operations.Where(operation => operation.Id is null || !operation.Element.TryGetProperty("summary", out _) || !operation.Element.TryGetProperty("tags", out _)).Select(Name));
        Assert.Equal([], Operations.GroupBy(operation => operation.Id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_operation_that_is_told_something_says_how_it_refuses()
    {
        var silent = Operations.Where(operation => operation.Element.TryGetProperty("parameters", out _) || operation.Element.TryGetProperty("requestBody", out _))
            .Where(operation => !Responses(operation).Any(response => response.Name[0] == '4' && IsProblem(response.Value)));
        Assert.Equal([], silent.Select(Name));
    }

    [Fact]
    public void Every_error_is_a_problem() =>
        Assert.Equal([], Operations.SelectMany(operation => Responses(operation).Where(response => response.Name[0] is '4' or '5' && !IsProblem(response.Value)).Select(response => $"{operation} {response.Name}")));

    [Fact]
    public void Every_parameter_says_what_it_means() => Assert.Equal(
        [],
        Operations.SelectMany(operation => Parameters(operation).Where(parameter => !parameter.TryGetProperty("description", out _)).Select(parameter => $"{operation} {parameter.GetProperty("name")}")));

    [Fact]
    public void Every_list_comes_in_parts_of_a_stated_size()
    {
        var whole = Operations.Where(operation => operation.Id!.StartsWith("List", StringComparison.Ordinal)).Where(operation =>
        {
            var parameters = Parameters(operation).ToDictionary(parameter => parameter.GetProperty("name").GetString()!);
            return !parameters.TryGetValue("limit", out var limit) || !limit.GetProperty("schema").TryGetProperty("maximum", out _)
                || !(parameters.ContainsKey("after") || parameters.ContainsKey("before"));
        });
        Assert.Equal([], whole.Select(Name));
    }

    [Fact]
    public void Every_enumeration_is_of_names()
    {
        var numbers = ApiDocument.CheckedIn().Json.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("enum", out var values) && values.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.Number));
        Assert.Equal([], numbers.Select(schema => schema.Name));
    }

    [Fact]
    public void Nothing_depends_on_where_the_document_was_made() => Assert.False(ApiDocument.CheckedIn().Json.TryGetProperty("servers", out var servers) && servers.GetArrayLength() > 0);

    private static string Name(ApiOperation operation) => operation.ToString();

    private static JsonProperty[] Responses(ApiOperation operation) => [.. operation.Element.GetProperty("responses").EnumerateObject()];

    private static JsonElement[] Parameters(ApiOperation operation) => operation.Element.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];

    private static bool IsProblem(JsonElement response) => response.TryGetProperty("content", out var content) && content.TryGetProperty("application/problem+json", out _);

    /// <summary>Where two documents differ, a line each: the place, what is checked in, what is served.</summary>
    private static IEnumerable<string> Differences(string place, JsonNode? file, JsonNode? served)
    {
        switch (file, served)
        {
            case (JsonObject before, JsonObject now):
                return before.Select(pair => pair.Key).Union(now.Select(pair => pair.Key)).SelectMany(key => (before.ContainsKey(key), now.ContainsKey(key)) switch
                {
                    (true, false) => [$"{place}/{key}: gone"],
                    (false, true) => [$"{place}/{key}: new"],
                    _ => Differences($"{place}/{key}", before[key], now[key]),
                });
            case (JsonArray before, JsonArray now) when before.Count == now.Count:
                return before.Zip(now).SelectMany((pair, index) => Differences($"{place}/{index}", pair.First, pair.Second));
            default:
                return JsonNode.DeepEquals(file, served) ? [] : [$"{place}: {file?.ToJsonString() ?? "null"} -> {served?.ToJsonString() ?? "null"}"];
        }
    }
}
