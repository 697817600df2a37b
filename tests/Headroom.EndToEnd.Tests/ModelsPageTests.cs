using System.Text.Json;
using Headroom.Jobs.Drift;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task A_person_sees_which_metrics_drift_since_when_and_what_it_does_to_the_error_and_where_drift_cannot_be_seen()
    {
        _ = browser.Browser;
        var cancellation = TestContext.Current.CancellationToken;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, cancellation);
        await using var jobs = new JobsClient(database.ConnectionString, cancellation);
        var models = jobs.Services.GetRequiredService<ModelReader>();
        await jobs.UntilAsync(async () => await models.ChampionAsync("interference", cancellation) is not null);
        await using var visit = await Visit.OpenAsync(browser, ColorScheme.Dark, 1280, 900);
        var page = visit.Page;

        // A real check of what is served, asked for over HTTP.
        using var client = new HttpClient { BaseAddress = web.Address };
        using var asked = await client.PostAsync(new Uri("/api/v1/models/interference/drift-check", UriKind.Relative), null, cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, asked.StatusCode);
        await visit.GoAsync(web.Address, "/models?model=interference");
        await page.GetByRole(AriaRole.Link, new() { Name = "Checked" }).WaitForAsync();
        await page.GetByText("version 1").First.WaitForAsync();
        await visit.GoAsync(web.Address, "/models?model=fpga");
        await page.GetByText("Not available: what this model is asked is not kept").WaitForAsync();

        // What a check of a drifting fleet leaves behind.
        var champion = (await models.ChampionAsync("interference", cancellation))!;
        var found = new DriftCheckAnswer("interference", 1, null, "version 1: 2 not as in training (3 % of the features), by 300 live windows and 12 late labels", 60, 7, 300, 12, 0.03,
            ["Target container.cpu.pressure.some", "residual"], ["residual"], []);
        var id = await jobs.Store.AddAsync("drift-check", """{"model":"interference"}""", "schedule", cancellation);
        var claim = (await WorkClaim.TakeAsync(jobs.Services.GetRequiredService<IDbContextFactory<HeadroomDbContext>>(), TimeProvider.System, id, "a worker", TimeSpan.FromMinutes(5), cancellation))!;
        await jobs.Services.GetRequiredService<ModelAlarms>().ReplaceAsync(
            champion,
            [
                new NewModelAlarm("Target container.cpu.pressure.some", "Kolmogorov-Smirnov", DateTimeOffset.UtcNow.AddHours(-5), 1e-9, 2e-4, 0.0213),
                new NewModelAlarm("residual", "betting martingale", DateTimeOffset.UtcNow.AddHours(-3), 4e6, 3e5, 0.034),
            ],
            id,
            cancellation);
        Assert.True(await claim.EndAsync(WorkState.Succeeded, JsonSerializer.Serialize(found, JsonSerializerOptions.Web), null, cancellation));

        await visit.GoAsync(web.Address, "/models?model=interference");
        await page.GetByText("version 1: 2 not as in training").WaitForAsync();
        var row = page.GetByRole(AriaRole.Region, new() { Name = "Drift alarms" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "container.cpu.pressure.some" });
        await row.GetByText("+0.0213").WaitForAsync();
        await row.GetByText("Kolmogorov-Smirnov").WaitForAsync();
        await Pictures.SaveAsync(page, "models-drift-dark");
        Assert.Equal([], await Axe.FindingsAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Checked" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Alarms it raised" }).WaitForAsync();
        await Pictures.SaveAsync(page, "job-drift-dark");

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(390, 844);
        await visit.GoAsync(web.Address, "/models?model=interference");
        await page.GetByText("version 1: 2 not as in training").WaitForAsync();
        await Pictures.SaveAsync(page, "models-drift-light-narrow");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than the window");
    }
}
