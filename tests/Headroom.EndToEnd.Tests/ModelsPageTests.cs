using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The registry of models as a person sees it and decides in it.</summary>
public sealed class ModelsPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task A_person_compares_two_versions_makes_one_champion_and_goes_back()
    {
        _ = browser.Browser;
        var cancellation = TestContext.Current.CancellationToken;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, cancellation);
        await using var jobs = new JobsClient(database.ConnectionString, cancellation);
        await using var context = await browser.Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(web.Address, "/models?model=fpga").ToString());
        await page.GetByText("serves it").WaitForAsync();
        await RenamedFpgaModel.RegisterAsync(jobs, cancellation);

        await page.GetByRole(AriaRole.Link, new() { Name = "with the champion" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Version 1 beside version 2" }).WaitForAsync();
        await page.GetByLabel("Version to decide about").SelectOptionAsync("2");
        await page.GetByLabel("Why (is kept)").FillAsync("it is newer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make champion" }).ClickAsync();
        await page.GetByText("forced by a person").WaitForAsync();
        await page.GetByText("Version 2").First.WaitForAsync();
        await Pictures.SaveAsync(page, "models-dark");

        await page.GetByLabel("Why (is kept)").FillAsync("it was better before");
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await page.GetByText("taken back into service").WaitForAsync();
        await page.GetByText("it was better before").WaitForAsync();

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(390, 844);
        await Pictures.SaveAsync(page, "models-light-narrow");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than the window");
    }

    [Fact]
    public async Task A_person_changes_a_schedule_and_switches_a_job_off()
    {
        _ = browser.Browser;
        var cancellation = TestContext.Current.CancellationToken;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, cancellation);
        await using var context = await browser.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(web.Address, "/jobs").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Change when telemetry-retention runs" }).ClickAsync();
        var field = page.GetByLabel("When telemetry-retention runs: minute hour day month weekday");
        await field.FillAsync("every noon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("expected five fields").WaitForAsync();
        await field.FillAsync("0 12 * * *");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("0 12 * * *").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch telemetry-retention off" }).ClickAsync();
        await page.GetByText("off", new() { Exact = true }).WaitForAsync();
        await Pictures.SaveAsync(page, "schedules");

        await page.GotoAsync(new Uri(web.Address, "/hangfire").ToString());
        await page.GetByText("Headroom's queues").First.WaitForAsync();
        Assert.DoesNotContain("Password", await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        await Pictures.SaveAsync(page, "hangfire");
    }
}
