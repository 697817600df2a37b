using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
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

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_searches_filters_sees_the_trend_reads_the_log_runs_a_job_again_and_follows_it_to_its_model_and_evaluation(ColorScheme scheme)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = new ServiceCollection().AddLogging().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        await using var jobs = new JobsClient(database.ConnectionString, cancellation);
        await using var visit = await Visit.OpenAsync(browser, scheme, 1280, 900);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, cancellation);
        await jobs.UntilAsync(async () => await jobs.Services.GetRequiredService<ModelReader>().ChampionAsync("fpga", cancellation) is not null);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await MadeUpAsync(services, "verify-predictions", """{"model":"interference"}""", "schedule", WorkState.Succeeded, null, cancellation);
        }

        var failed = await MadeUpAsync(services, "verify-predictions", """{"model":"interference"}""", $"ada {scheme}", WorkState.Failed, $"the disk of {scheme} was full", cancellation);
        var promoted = await PromotedAsync(services, jobs, cancellation);

        var page = visit.Page;
        await visit.GoAsync(web.Address, "/jobs");
        await page.GetByRole(AriaRole.Link, new() { Name = "retrain-fpga" }).First.WaitForAsync();
        await FilterAsync(page, "the search in the address", () => FillAsync(page.GetByLabel("Search"), $"DISK of {scheme}"), "search=");
        await page.GetByText($"the disk of {scheme} was full").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "retrain-fpga" }).First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await FilterAsync(page, "the kind in the address", () => page.GetByLabel("Kind").SelectOptionAsync("verify-predictions"), "kind=verify-predictions");
        await page.GetByRole(AriaRole.Region, new() { Name = "How long it took" }).WaitForAsync();
        await FilterAsync(page, "the state in the address", () => page.GetByLabel("State").SelectOptionAsync("Failed"), "state=Failed");
        await page.GetByText($"ada {scheme}").WaitForAsync();
        await Pictures.SaveAsync(page, $"jobs-filtered-{scheme}");
        Assert.Equal([], await Axe.FindingsAsync(page));

        // The job: its log, and running it again on the server's own worker.
        await page.GetByRole(AriaRole.Link, new() { Name = "verify-predictions" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Log, new() { Name = "Log of the job" }).GetByText("half of it is done").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();
        await page.GetByText("labels verified").First.WaitForAsync();
        Assert.Equal((WorkState.Succeeded, 2L), await StateAsync(services, failed, cancellation));
        await Pictures.SaveAsync(page, $"job-again-{scheme}");

        // From the model's jobs to the job, its model and the evaluation it decided by.
        await visit.GoAsync(web.Address, "/jobs?model=fpga");
        await page.GetByRole(AriaRole.Link, new() { Name = "verify-predictions" }).First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator($"a[href='/jobs/{promoted}']").ClickAsync();
        await page.GetByText("promoted by the rule").First.WaitForAsync();
        await Pictures.SaveAsync(page, $"job-model-{scheme}");
        await page.GetByRole(AriaRole.Link, new() { Name = "The evaluation side by side" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Version 1 beside version 2" }).WaitForAsync();
        await page.GetByText("better on the hold-out").First.WaitForAsync();
        await Pictures.SaveAsync(page, $"job-evaluation-{scheme}");
    }

    private static async Task FillAsync(ILocator field, string text)
    {
        await field.FillAsync(text);
        await field.PressAsync("Enter");
    }

    private static Task FilterAsync(IPage page, string what, Func<Task> act, string part) =>
        Patience.RepeatUntilAsync(what, act, () => Task.FromResult(page.Url.Contains(part, StringComparison.Ordinal)));

    private static async Task<(WorkState State, long Attempts)> StateAsync(ServiceProvider services, Guid id, CancellationToken cancellation)
    {
        var work = (await services.GetRequiredService<WorkStore>().FindAsync(id, cancellation))!;
        return (work.State, work.Attempts);
    }

    /// <summary>A job as a worker would have left it.</summary>
    private static async Task<Guid> MadeUpAsync(ServiceProvider services, string kind, string arguments, string asker, WorkState state, string? error, CancellationToken cancellation)
    {
        var id = await services.GetRequiredService<WorkStore>().AddAsync(kind, arguments, asker, cancellation);
        var claim = (await ClaimAsync(services, id, cancellation))!;
        await claim.LogAsync("half of it is done", cancellation);
        Assert.True(await claim.EndAsync(state, state == WorkState.Succeeded ? "{}" : null, error, cancellation));
        return id;
    }

    /// <summary>A job that trained a version and made it champion; on a database where one did already, that one.</summary>
    private static async Task<Guid> PromotedAsync(ServiceProvider services, JobsClient jobs, CancellationToken cancellation)
    {
        var registry = services.GetRequiredService<ModelRegistry>();
        if ((await services.GetRequiredService<ModelReader>().ChampionAsync("fpga", cancellation)) is { WorkId: { } known })
        {
            return known;
        }

        var champion = (await services.GetRequiredService<ModelReader>().ChampionAsync("fpga", cancellation))!;
        var id = await services.GetRequiredService<WorkStore>().AddAsync("retrain-fpga", """{"model":"fpga"}""", "a person", cancellation);
        var claim = (await ClaimAsync(services, id, cancellation))!;
        var version = await RenamedFpgaModel.RegisterAsync(jobs, claim.Fence, cancellation);
        await registry.PromoteAsync(version.VersionId, champion.VersionId, new ModelDecision(ModelVerdict.Promoted, "retrain-fpga", "better on the hold-out"), claim.Fence, cancellation);
        Assert.True(await claim.EndAsync(WorkState.Succeeded, "{}", null, cancellation));
        return id;
    }

    private static Task<WorkClaim?> ClaimAsync(ServiceProvider services, Guid id, CancellationToken cancellation) => WorkClaim.TakeAsync(
        services.GetRequiredService<IDbContextFactory<HeadroomDbContext>>(), TimeProvider.System, id, "a worker", TimeSpan.FromMinutes(5), cancellation);
}
