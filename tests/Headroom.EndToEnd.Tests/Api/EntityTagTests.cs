using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>Answers have entity tags: they save the second sending, and keep two people from overwriting each other.</summary>
public sealed class EntityTagTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly Uri Board = new("/api/v1/fpga/boards/own-board", UriKind.Relative);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_the_caller_has_is_not_sent_again_and_a_changed_one_is()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        foreach (var operation in ApiDocument.CheckedIn().Operations.Where(operation => !operation.Path.Contains('{', StringComparison.Ordinal) && operation.Element.GetProperty("responses").TryGetProperty("304", out _)))
        {
            using var first = await ReadAsync(client, operation.Path, null);
            if (first.StatusCode != HttpStatusCode.OK)
            {
                // No model of GPU pairs is here.
                Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
                continue;
            }

            using var again = await ReadAsync(client, operation.Path, first.Headers.ETag);
            Assert.Equal((operation.Path, HttpStatusCode.NotModified, 0), (operation.Path, again.StatusCode, (await again.Content.ReadAsByteArrayAsync(Cancellation)).Length));
            Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        }

        using var before = await ReadAsync(client, "/api/v1/fpga/boards", null);
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(client, 1_000, null)).Status);
        using var after = await ReadAsync(client, "/api/v1/fpga/boards", before.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Fact]
    public async Task Who_read_an_older_board_cannot_overwrite_it()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        await SaveAsync(client, 1_000, null);
        using var read = await client.GetAsync(Board, Cancellation);
        var seen = read.Headers.ETag;
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(client, 2_000, seen)).Status);
        var late = await SaveAsync(client, 3_000, seen);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "urn:headroom:changed-meanwhile"), (late.Status, late.Body.GetProperty("type").GetString()));
        Assert.Equal(2_000, (await client.GetFromJsonAsync<JsonElement>(Board, Cancellation)).GetProperty("lut").GetDouble());
    }

    [Fact]
    public async Task Of_many_changes_of_the_same_state_one_is_made()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        await SaveAsync(client, 1_000, null);
        using var read = await client.GetAsync(Board, Cancellation);
        var seen = read.Headers.ETag;
        var changes = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => SaveAsync(client, 10_000 + number, seen)));
        Assert.Single(changes, change => change.Status == HttpStatusCode.OK);
        Assert.Equal(11, changes.Count(change => change.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Who_read_an_older_rule_or_view_can_neither_overwrite_nor_delete_it_and_evaluation_changes_no_tag()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        var rule = new { name = "tagged", signal = "agent-silence", threshold = 300 };
        using var added = await client.PostAsJsonAsync("/api/v1/alert-rules", rule, Cancellation);
        await ProtectsAsync(client, added.Headers.Location!.ToString(), rule with { threshold = 400 }, rule with { threshold = 500 });
        using var saved = await client.PutAsJsonAsync("/api/v1/views/tagged", new { address = "/fleet" }, Cancellation);
        await ProtectsAsync(client, "/api/v1/views/tagged", new { address = "/capacity" }, new { address = "/power" });

        // Between two readings the rules are evaluated, which writes the time into the answer and must not change the tag.
        var other = (await client.GetFromJsonAsync<JsonElement>("/api/v1/alert-rules", Cancellation)).GetProperty("items").EnumerateArray().First(one => one.GetProperty("isEnabled").GetBoolean());
        var path = $"/api/v1/alert-rules/{other.GetProperty("id").GetGuid()}";
        using var before = await client.GetAsync(path, Cancellation);
        var evaluated = await EvaluatedAsync(before);
        await Patience.UntilAsync("another evaluation", async () =>
        {
            using var again = await client.GetAsync(path, Cancellation);
            Assert.Equal(before.Headers.ETag, again.Headers.ETag);
            return await EvaluatedAsync(again) != evaluated;
        });
    }

    private static async Task<string> EvaluatedAsync(HttpResponseMessage rule) => (await rule.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("evaluatedAt").ToString();

    private static async Task ProtectsAsync(HttpClient client, string path, object first, object second)
    {
        using var read = await client.GetAsync(path, Cancellation);
        var seen = read.Headers.ETag;
        Assert.NotNull(seen);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(client, HttpMethod.Put, path, first, seen));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await SendAsync(client, HttpMethod.Put, path, second, seen));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await SendAsync(client, HttpMethod.Delete, path, null, seen));
        using var again = await client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(client, HttpMethod.Delete, path, null, again.Headers.ETag));
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HttpMethod method, string path, object? body, EntityTagHeaderValue? seen)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.IfMatch.Add(seen!);
        using var response = await client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> ReadAsync(HttpClient client, string path, EntityTagHeaderValue? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await client.SendAsync(request, Cancellation);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SaveAsync(HttpClient client, double lut, EntityTagHeaderValue? seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Board) { Content = JsonContent.Create(new { part = "xcown", lut, flipFlop = 2_000, dsp = 10, blockRam18 = 20, source = "counted by hand" }) };
        if (seen is not null)
        {
            request.Headers.IfMatch.Add(seen);
        }

        using var response = await client.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }
}
