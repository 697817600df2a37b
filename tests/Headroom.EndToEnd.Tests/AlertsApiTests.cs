using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>Alerts over HTTP, against the real program.</summary>
public sealed class AlertsApiTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Secret = "a secret of sixteen or more";

    private static readonly object Memory = new { name = "api memory", signal = "metric", kind = "host", metric = "system.memory.utilization", threshold = 0.9, clearThreshold = 0.8, forSeconds = 60, hosts = "api-*" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_keeps_rules_silences_and_channels_and_reads_what_came_of_them()
    {
        await using var receiver = await HttpReceiver.StartAsync(500);
        await using var feeder = await AlertFeeder.StartAsync(database, "api-host", [.. Enumerable.Range(0, 30).Select(minute => minute is >= 10 and < 15 ? 0.95f : 0.5f)], Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        await KnowsSignalsAndComesWithRules(client);
        await KeepsRules(client);
        await TriesARuleOnThePast(client);
        await KeepsSecrets(client, receiver);
        await KeepsSilences(client);
        await ReadsAlerts(client, feeder);
    }

    private static async Task KnowsSignalsAndComesWithRules(HttpClient client)
    {
        var signals = (await client.GetFromJsonAsync<JsonElement>("/api/v1/alert-signals", Cancellation)).GetProperty("items");
        Assert.Equal(
            ["metric", "agent-silence", "disk-full", "interference", "capacity-room", "capacity-withdrawn", "row-power", "model-drift"], signals.EnumerateArray().Select(signal => Text(signal, "name")));
        Assert.All(signals.EnumerateArray(), signal => Assert.NotEqual("", Text(signal, "meaning")));
        var rules = (await client.GetFromJsonAsync<JsonElement>("/api/v1/alert-rules", Cancellation)).GetProperty("items");
        Assert.Equal(["Agent silent", "Disk full within a day", "Host short of memory", "Row close to its power"], rules.EnumerateArray().Select(rule => Text(rule, "name")));
    }

    private static async Task KeepsRules(HttpClient client)
    {
        using var made = await client.PostAsJsonAsync("/api/v1/alert-rules", Memory, Cancellation);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var rule = await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(("Warning", "Host", 60), (Text(rule, "severity"), Text(rule, "grouping"), rule.GetProperty("windowSeconds").GetInt32()));

        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-rules", Memory, "invalid-alert-rule", "name: expected one that no other has, got 'api memory'");
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-rules", new { name = "no", signal = "metric" }, "invalid-alert-rule", "threshold: expected a number in the unit of the signal, got nothing");
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-rules", new { name = "no", signal = "disk-full", threshold = 1, severity = "loud" }, "invalid-alert-rule", "severity: expected one of Info, Warning, Critical; got 'loud'");

        var id = Text(rule, "id");
        using var replaced = await client.PutAsJsonAsync($"/api/v1/alert-rules/{id}", new { name = "api memory", signal = "metric", kind = "Host", metric = "system.memory.utilization", threshold = 0.9, clearThreshold = 0.8, severity = "critical", hosts = "api-*" }, Cancellation);
        Assert.Equal("Critical", Text(await replaced.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "severity"));
        Assert.Equal("Critical", Text(await client.GetFromJsonAsync<JsonElement>($"/api/v1/alert-rules/{id}", Cancellation), "severity"));

        using var extra = await client.PostAsJsonAsync("/api/v1/alert-rules", new { name = "extra", signal = "model-drift", threshold = 0 }, Cancellation);
        var extraId = Text(await extra.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "id");
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(Path($"/api/v1/alert-rules/{extraId}"), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync(Path($"/api/v1/alert-rules/{extraId}"), Cancellation)).StatusCode);
    }

    private static async Task TriesARuleOnThePast(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/alert-rules/preview?days=1", Memory, Cancellation);
        var preview = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((1, 1), (preview.GetProperty("fired").GetInt32(), preview.GetProperty("subjects").GetInt32()));
        Assert.Equal("api-host", Text(preview.GetProperty("episodes")[0], "subject"));
        Assert.NotEmpty(preview.GetProperty("chart").GetProperty("points").EnumerateArray());
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-rules/preview?days=99", Memory, "invalid-preview", "days: expected 1 to 14, got 99");
    }

    private static async Task KeepsSecrets(HttpClient client, HttpReceiver receiver)
    {
        using var made = await client.PostAsJsonAsync("/api/v1/alert-channels", new { name = "hook", kind = "webhook", target = receiver.Address, secret = Secret }, Cancellation);
        using var slack = await client.PostAsJsonAsync("/api/v1/alert-channels", new { name = "chat", kind = "slack", secret = "https://chat.example.org/services/T1/B2/hidden", isEnabled = false }, Cancellation);
        using var mail = await client.PostAsJsonAsync("/api/v1/alert-channels", new { name = "mail", kind = "email", target = "night@example.org", isEnabled = false }, Cancellation);
        Assert.All([made, slack, mail], response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        var id = Text(await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "id");

        // Changed without a secret, it keeps the one it has.
        using var renamed = await client.PutAsJsonAsync($"/api/v1/alert-channels/{id}", new { name = "hook 2", kind = "webhook", target = receiver.Address }, Cancellation);
        Assert.True((await renamed.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("hasSecret").GetBoolean());
        var list = await client.GetStringAsync(Path("/api/v1/alert-channels"), Cancellation);
        Assert.DoesNotContain(Secret, list, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", list, StringComparison.Ordinal);
        var channels = JsonDocument.Parse(list).RootElement.GetProperty("items").EnumerateArray().ToDictionary(channel => Text(channel, "name"));
        Assert.Equal("https://chat.example.org/…", Text(channels["chat"], "target"));
        Assert.Contains("Headroom:Smtp:Host", Text(channels["mail"], "unavailable"), StringComparison.Ordinal);

        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-channels", new { name = "meta", kind = "webhook", target = "http://169.254.169.254/" }, "invalid-alert-channel", "target: expected an address outside 169.254.0.0/16");
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-channels", new { name = "weak", kind = "webhook", target = receiver.Address, secret = "short" }, "invalid-alert-channel", "secret: expected at least 16 characters, got 5");
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-channels", new { name = "fax", kind = "fax" }, "invalid-alert-channel", "kind: expected one of webhook, email, slack; got 'fax'");

        // The receiver fails first; the log says so of the first message, and that the second was taken.
        Assert.Equal((false, "the receiver answered 500 InternalServerError"), await TestAsync(client, id));
        Assert.Equal((true, null), await TestAsync(client, id));
        var log = await client.GetFromJsonAsync<JsonElement>($"/api/v1/alert-deliveries?channel={id}", Cancellation);
        Assert.Equal(["Delivered", "Failed"], log.EnumerateArray().Select(message => Text(message, "state")));
        var older = await client.GetFromJsonAsync<JsonElement>($"/api/v1/alert-deliveries?limit=1&before={Uri.EscapeDataString(Text(log[0], "createdAt"))}", Cancellation);
        Assert.Equal(Text(log[1], "id"), Text(older[0], "id"));
        var whole = await client.GetFromJsonAsync<JsonElement>($"/api/v1/alert-deliveries/{Text(log[1], "id")}", Cancellation);
        Assert.Equal("the receiver answered 500 InternalServerError", Text(whole.GetProperty("tries")[0], "error"));
        Assert.DoesNotContain(Secret, whole.GetRawText(), StringComparison.Ordinal);
        using var again = await client.PostAsync(Path($"/api/v1/alert-deliveries/{Text(log[1], "id")}/retry"), null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        await RefusesAsync(client, HttpMethod.Get, "/api/v1/alert-deliveries?state=lost", null, "unknown-alert-delivery-state", "state: expected one of Waiting, Delivered, Failed, Muted, got 'lost'");
    }

    private static async Task KeepsSilences(HttpClient client)
    {
        var ends = TimeProvider.System.GetUtcNow().AddHours(1);
        using var made = await client.PostAsJsonAsync("/api/v1/alert-silences", new { hosts = "elsewhere-*", endsAt = ends, reason = "maintenance" }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = Text(await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "id");
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-silences", new { endsAt = ends }, "invalid-alert-silence", "reason: expected 1 to 500 characters, got 0");
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-silences", new { reason = "late", endsAt = ends.AddDays(-1) }, "invalid-alert-silence", "endsAt: expected a time to come");
        await RefusesAsync(client, HttpMethod.Post, "/api/v1/alert-silences", new { reason = "whose", endsAt = ends, ruleId = Guid.Empty }, "invalid-alert-silence", "ruleId: expected the id of a rule or none");
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(Path($"/api/v1/alert-silences/{id}"), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync(Path($"/api/v1/alert-silences/{id}"), Cancellation)).StatusCode);
        Assert.Equal(id, Text((await client.GetFromJsonAsync<JsonElement>("/api/v1/alert-silences", Cancellation)).GetProperty("items")[0], "id"));
    }

    private static async Task ReadsAlerts(HttpClient client, AlertFeeder feeder)
    {
        feeder.Memory = 0.99f;
        var firing = await Patience.UntilAsync("the alert", async () => (await client.GetFromJsonAsync<JsonElement>("/api/v1/alerts?state=firing&host=api-host", Cancellation)).EnumerateArray().Select(alert => Text(alert, "id")).FirstOrDefault());
        var alert = await client.GetFromJsonAsync<JsonElement>($"/api/v1/alerts/{firing}", Cancellation);
        Assert.Equal(("api memory", "Critical", "api-host", "1"), (Text(alert, "rule"), Text(alert, "severity"), Text(alert, "subject"), Text(alert, "unit")));
        await RefusesAsync(client, HttpMethod.Post, $"/api/v1/alerts/{firing}/resolve", new { reason = "" }, "invalid-reason", "reason: expected 1 to 500 characters, got 0");
        using var ended = await client.PostAsJsonAsync($"/api/v1/alerts/{firing}/resolve", new { reason = "known" }, Cancellation);
        Assert.EndsWith(": known", Text(await ended.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "resolvedBecause"), StringComparison.Ordinal);

        feeder.Memory = 0.1f;
        await RefusesAsync(client, HttpMethod.Post, $"/api/v1/alerts/{firing}/resolve", new { reason = "again" }, "alert-not-firing", "Only an alert that fires can be ended; this one is resolved", HttpStatusCode.Conflict);
        await RefusesAsync(client, HttpMethod.Get, "/api/v1/alerts?state=loud", null, "unknown-alert-state", "state: expected one of Pending, Firing, Resolved, got 'loud'");
        await RefusesAsync(client, HttpMethod.Get, $"/api/v1/alerts/{Guid.Empty}", null, "alert-not-found", "There is no alert", HttpStatusCode.NotFound);
        var past = await client.GetFromJsonAsync<JsonElement>("/api/v1/alerts?state=resolved", Cancellation);
        Assert.Contains(past.EnumerateArray(), old => Text(old, "id") == firing);
    }

    private static async Task<(bool Delivered, string? Error)> TestAsync(HttpClient client, string channel)
    {
        using var response = await client.PostAsync(Path($"/api/v1/alert-channels/{channel}/test"), null, Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return (answer.GetProperty("delivered").GetBoolean(), answer.GetProperty("error").GetString());
    }

    private static async Task RefusesAsync(HttpClient client, HttpMethod method, string path, object? body, string type, string detail, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var request = new HttpRequestMessage(method, Path(path)) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request, Cancellation);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((status, $"urn:headroom:{type}"), (response.StatusCode, Text(problem, "type")));
        Assert.StartsWith(detail, Text(problem, "detail"), StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
