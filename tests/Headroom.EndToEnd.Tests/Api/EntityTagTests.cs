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
