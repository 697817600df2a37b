using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>A program simulates a row over HTTP.</summary>
public sealed class PowerApiTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_asks_for_a_simulation_follows_the_job_and_reads_the_answer()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        using var wrong = await client.PostAsJsonAsync("/api/v1/power/simulations", new { weeks = 99 }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("weeks: expected", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var accepted = await client.PostAsJsonAsync("/api/v1/power/simulations", new { weeks = 0.02, servers = 8, provisioned = 8, seeds = 1 }, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var job = accepted.Headers.Location!.ToString();
        var state = await Patience.UntilAsync("the simulation", async () =>
            (await client.GetFromJsonAsync<JsonElement>(job, Cancellation)).GetProperty("state").GetString() is { } now and not ("Queued" or "Running") ? now : null);
        Assert.Equal("Succeeded", state);

        var answer = await client.GetFromJsonAsync<JsonElement>($"{job}/result", Cancellation);
        Assert.Equal(5, answer.GetProperty("policies").GetArrayLength());
        Assert.NotEmpty(answer.GetProperty("risks").EnumerateArray());
    }
}
