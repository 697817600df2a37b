using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>What people leave for each other: notes on the charts, and pages under a name.</summary>
public sealed class NotesAndViewsTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    /// <summary>Whether the first chart draws a note.</summary>
    private const string Draws = "text => document.querySelector('.chart-box[data-notes]')?.dataset.notes.includes(text)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_written_on_the_host_page_is_drawn_on_its_charts_until_it_is_removed()
    {
        await using var visit = await Visit.OpenAsync(browser);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var feeder = await Feeder.StartAsync(database, "noted", TimeSpan.FromMinutes(3), Cancellation);
        var person = new LiveViewer(visit.Page);
        await person.OpenHostAsync(web.Address, "noted");
        var notes = visit.Page.Locator("details.notes");
        await notes.Locator("summary").ClickAsync();

        await notes.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await notes.GetByText("expected what happened, got nothing").WaitForAsync();
        await notes.GetByLabel("What happened").FillAsync("new version of the shop");
        await notes.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await notes.GetByText("new version of the shop").WaitForAsync();
        await visit.Page.WaitForFunctionAsync(Draws, "new version of the shop");
        await Pictures.SaveAsync(visit.Page, "notes");

        await notes.GetByRole(AriaRole.Button, new() { Name = "Remove the note: new version of the shop" }).ClickAsync();
        await notes.GetByText("new version of the shop").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await visit.Page.WaitForFunctionAsync($"text => !({Draws})(text)", "new version of the shop");
        Assert.Equal([], visit.Errors);
    }

    [Fact]
    public async Task A_page_kept_under_a_name_is_found_again_with_its_range_of_time()
    {
        await using var visit = await Visit.OpenAsync(browser);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var feeder = await Feeder.StartAsync(database, "kept", TimeSpan.FromMinutes(3), Cancellation);
        var person = new LiveViewer(visit.Page);
        await person.OpenHostAsync(web.Address, "kept");
        await person.ChooseAsync("5m");
        var address = visit.Page.Url;

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Bookmarks" }).ClickAsync();
        var views = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Saved views" });
        await views.GetByText("None yet").WaitForAsync();
        await views.GetByLabel("Keep this page as").FillAsync("five minutes of kept");
        await views.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await views.GetByRole(AriaRole.Link, new() { Name = "five minutes of kept" }).WaitForAsync();
        await Pictures.SaveAsync(visit.Page, "views");

        await visit.GoAsync(web.Address, "/catalogue");
        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.GetByRole(AriaRole.Combobox).FillAsync("minutes of kept");
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "five minutes of kept" }).WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync(address);
        await person.SeeChartsAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Bookmarks" }).ClickAsync();
        await views.GetByRole(AriaRole.Button, new() { Name = "Forget five minutes of kept" }).ClickAsync();
        await views.GetByText("None yet").WaitForAsync();
        Assert.Equal([], visit.Errors);
    }

    [Fact]
    public async Task The_api_says_what_a_note_and_a_view_must_be()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        Assert.Contains("at most 500 characters, got 501", await RefusalAsync(await PostAsync(new { at, text = new string('a', 501) }), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("at <= until", await RefusalAsync(await PostAsync(new { at, until = at - 1, text = "backwards" }), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("no host 4711", await RefusalAsync(await PostAsync(new { at, host = 4711, text = "nowhere" }), HttpStatusCode.NotFound), StringComparison.Ordinal);
        foreach (var elsewhere in new[] { "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "https://elsewhere.example", "" })
        {
            using var answer = await client.PutAsJsonAsync(new Uri("/api/v1/views/away", UriKind.Relative), new { address = elsewhere }, Cancellation);
            Assert.Contains("path and query of a page", await RefusalAsync(answer, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        }

        using var written = await PostAsync(new { at, until = at + 1_000, text = "everywhere" });
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        var found = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/notes?from={at + 500}&to={at + 600}", UriKind.Relative), Cancellation);
        Assert.Equal("everywhere", Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("text").GetString());

        Task<HttpResponseMessage> PostAsync(object note) => client.PostAsJsonAsync(new Uri("/api/v1/notes", UriKind.Relative), note, Cancellation);
    }

    private static async Task<string> RefusalAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        Assert.Equal(expected, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString()!;
    }
}
