using System.Net;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>A closed server, from the link of the first administrator to a key that is taken away.</summary>
public sealed class PeopleJourneyTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const string Password = "a password long enough";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_joins_by_a_link_signs_out_and_in_makes_a_key_and_takes_it_away(ColorScheme scheme)
    {
        await using var visit = await Visit.OpenAsync(browser, scheme, 1280, 900);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, new Dictionary<string, string> { ["Headroom__Access"] = "SignIn" }, Cancellation);
        var page = visit.Page;
        var address = $"ada-{scheme}@example.org".ToLowerInvariant();

        await visit.GoAsync(web.Address, "/capacity");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Level = 1 }).WaitForAsync();
        await CheckAsync(visit, $"sign-in-{scheme}");

        await page.GotoAsync(await LinkAsync(address, web.Address));
        await page.GetByLabel("Password, at least").FillAsync(Password);
        await page.GetByLabel("The same again").FillAsync(Password);
        Assert.DoesNotContain("#", page.Url, StringComparison.Ordinal);
        await CheckAsync(visit, $"join-{scheme}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Join", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Fleet", Level = 1 }).WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = $"Account of {address}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByLabel("Mail address").FillAsync(address);
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByText("do not belong together").WaitForAsync();
        await CheckAsync(visit, $"sign-in-wrong-{scheme}");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Fleet", Level = 1 }).WaitForAsync();

        await visit.GoAsync(web.Address, "/account");
        await page.GetByLabel("Name").FillAsync("nightly report");
        await page.GetByLabel("Scope").SelectOptionAsync("read");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var key = (await page.GetByLabel("New key").TextContentAsync())!.Trim();
        await CheckAsync(visit, $"account-{scheme}");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(web.Address, key));

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke nightly report" }).ClickAsync();
        await page.GetByText("revoked").WaitForAsync();
        Assert.Equal(0, await page.GetByLabel("New key").CountAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(web.Address, key));

        await InviteSomebodyAsync(visit, web.Address, scheme);
    }

    [Fact]
    public async Task A_viewer_on_a_small_screen_reads_everything_and_is_offered_nothing_to_change()
    {
        await using var visit = await Visit.OpenAsync(browser, ColorScheme.Light, 390, 844);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, new Dictionary<string, string> { ["Headroom__Access"] = "SignIn" }, Cancellation);
        var page = visit.Page;
        await page.GotoAsync(await LinkAsync("vera@example.org", web.Address, PersonRole.Viewer));
        await page.GetByLabel("Password, at least").FillAsync(Password);
        await page.GetByLabel("The same again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Fleet", Level = 1 }).WaitForAsync();

        await visit.GoAsync(web.Address, "/agents");
        await page.GetByText("Nothing sends yet").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Enrol an agent" }).CountAsync());
        await visit.GoAsync(web.Address, "/jobs");
        await page.GetByRole(AriaRole.Cell, new() { Name = "work-recovery" }).WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Run work-recovery now" }).CountAsync());
        Assert.Equal(0, await page.Locator("a[href='/settings/people']").CountAsync());
        await CheckAsync(visit, "viewer-jobs");

        await visit.GoAsync(web.Address, "/settings/people");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your role does not reach this" }).WaitForAsync();
        await CheckAsync(visit, "viewer-refused");
        await visit.GoAsync(web.Address, "/account");
        Assert.Equal(["read"], await page.GetByLabel("Scope").Locator("option").AllTextContentsAsync());
        await CheckAsync(visit, "viewer-account");
        Assert.Equal([], visit.Errors);
    }

    /// <summary>The page of people: a link for somebody else, and all of the above in the audit log.</summary>
    private static async Task InviteSomebodyAsync(Visit visit, Uri server, ColorScheme scheme)
    {
        var page = visit.Page;
        await visit.GoAsync(server, "/settings/people");
        await page.GetByRole(AriaRole.Cell, new() { Name = "RevokeOwnApiKey" }).First.WaitForAsync();
        await Patience.RepeatUntilAsync(
            "the form", () => page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync(), () => page.GetByLabel("Mail address").IsVisibleAsync());
        await page.GetByLabel("Mail address").FillAsync($"bob-{scheme}@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = (await page.GetByLabel("Invitation link").TextContentAsync())!;
        Assert.StartsWith(new Uri(server, "/join#").ToString(), link, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Cell, new() { Name = "Invite", Exact = true }).First.WaitForAsync();
        await CheckAsync(visit, $"people-{scheme}");
        Assert.Equal([], visit.Errors.Where(error => !error.Contains("401", StringComparison.Ordinal)));
    }

    private static async Task CheckAsync(Visit visit, string name)
    {
        await Pictures.SaveAsync(visit.Page, name);
        Assert.Equal([], await Axe.FindingsAsync(visit.Page, seriousOnly: true));
    }

    private async Task<string> LinkAsync(string address, Uri server, PersonRole role = PersonRole.Administrator)
    {
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        var invitation = await services.GetRequiredService<Invitations>().CreateAsync(address, role, "a test", TimeSpan.FromHours(1), Cancellation);
        return invitation.Link(server).ToString();
    }

    private static async Task<HttpStatusCode> AskAsync(Uri server, string key)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await client.GetAsync(new Uri("/api/v1/hosts", UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }
}
