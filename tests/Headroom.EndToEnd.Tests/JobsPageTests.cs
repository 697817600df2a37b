using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>Long work as a person follows it.</summary>
public sealed class JobsPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_finds_a_waiting_job_reads_what_was_asked_and_cancels_it(ColorScheme scheme)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        var store = services.GetRequiredService<WorkStore>();
        await using var visit = await Visit.OpenAsync(browser, scheme, 1280, 900);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, cancellation);
        var id = await store.AddAsync($"backtest-{scheme}", """{"trace":"planetlab","risk":0.01}""", "a person", cancellation);

        var page = visit.Page;
        await visit.GoAsync(web.Address, "/jobs");
        await page.GetByRole(AriaRole.Link, new() { Name = $"backtest-{scheme}" }).ClickAsync();
        await page.GetByText("planetlab").WaitForAsync();
        await Pictures.SaveAsync(page, $"job-{scheme}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByText("cancelled").First.WaitForAsync();
        Assert.Equal(WorkState.Cancelled, (await store.FindAsync(id, cancellation))!.State);

        await visit.GoAsync(web.Address, "/jobs");
        // The list is there once the page can be spoken to.
        await page.GetByRole(AriaRole.Link, new() { Name = $"backtest-{scheme}" }).WaitForAsync();
        await Patience.RepeatUntilAsync(
            "the state in the address",
            () => page.GetByLabel("State").SelectOptionAsync("Cancelled"),
            () => Task.FromResult(page.Url.EndsWith("/jobs?state=Cancelled", StringComparison.Ordinal)));
        await page.GetByRole(AriaRole.Link, new() { Name = $"backtest-{scheme}" }).WaitForAsync();
        await Pictures.SaveAsync(page, $"jobs-{scheme}");
    }
}
