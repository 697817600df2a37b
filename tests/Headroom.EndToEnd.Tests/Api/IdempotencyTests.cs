using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>What makes something makes it once per Idempotency-Key.</summary>
public sealed class IdempotencyTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_sent_twice_makes_one_key_and_another_body_is_refused()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        var key = Guid.NewGuid().ToString();
        var (first, again) = (await MakeAsync(client, key, "collector"), await MakeAsync(client, key, "collector"));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((false, true), (first.IsReplayed, again.IsReplayed));
        Assert.Equal(1, await KeysAsync(client, "collector"));

        var other = await MakeAsync(client, key, "another");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:headroom:idempotency-key-reused"), (other.Status, TypeOf(other.Body)));
        Assert.Equal(0, await KeysAsync(client, "another"));
        var shortKey = await MakeAsync(client, "short", "another");
        Assert.Equal((HttpStatusCode.BadRequest, "urn:headroom:invalid-idempotency-key"), (shortKey.Status, TypeOf(shortKey.Body)));

        // The store holds neither the key that was made nor the one that names the request.
        await using var context = database.CreateContext();
        var kept = string.Concat((await context.IdempotentRequests.ToListAsync(Cancellation)).Select(row => Encoding.Latin1.GetString([.. row.KeyHash, .. row.RequestHash, .. row.Answer ?? []])));
        var secret = JsonDocument.Parse(first.Body).RootElement.GetProperty("bearerToken").GetString()!;
        Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(key, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_request_may_be_sent_again_better_with_the_same_key()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        var key = Guid.NewGuid().ToString();
        var refused = await MakeAsync(client, key, "");
        var made = await MakeAsync(client, key, "at last");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Created), (refused.Status, made.Status));
    }

    [Fact]
    public async Task Of_many_requests_at_once_one_makes_the_key_and_none_makes_a_second()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => MakeAsync(client, key, "at once")));
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created || TypeOf(answer.Body) == "urn:headroom:idempotent-request-running"));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Body).Distinct());
        Assert.Equal(1, await KeysAsync(client, "at once"));
    }

    private static async Task<(HttpStatusCode Status, string Body, bool IsReplayed)> MakeAsync(HttpClient client, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/ingest-keys", UriKind.Relative)) { Content = JsonContent.Create(new { name }) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), response.Headers.Contains("Idempotency-Replayed"));
    }

    private static async Task<int> KeysAsync(HttpClient client, string name) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/v1/ingest-keys", Cancellation)).GetProperty("items").EnumerateArray().Count(key => key.GetProperty("name").GetString() == name);

    private static string? TypeOf(string problem) => JsonDocument.Parse(problem).RootElement.GetProperty("type").GetString();
}
