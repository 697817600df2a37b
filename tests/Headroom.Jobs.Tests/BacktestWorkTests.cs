using System.Globalization;
using System.Text;
using System.Text.Json;
using Headroom.Jobs.Backtests;
using Headroom.Jobs.Work;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests;

[Collection(HangfireStatics.Name)]
public sealed class BacktestWorkTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_csv_of_ones_own_is_replayed_with_the_rules_asked_for()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Headroom", database.ConnectionString), new("Headroom:Jobs:PollSeconds", "1")]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        var store = host.Services.GetRequiredService<WorkStore>();
        var id = await EnqueueAsync(host, new BacktestQuestion(BacktestQuestion.OwnCsv, Predictors: ["borg-default", "n-sigma"], Csv: Csv()));
        Assert.Equal(WorkState.Succeeded, (await EndOfAsync(store, id)).State);
        var answer = JsonSerializer.Deserialize<BacktestAnswer>((await store.ResultAsync(id, Cancellation))!, JsonSerializerOptions.Web)!;
        Assert.Equal(["borg-default", "n-sigma"], answer.Predictors.Select(line => line.Predictor));
        Assert.Equal(1 - (1 / 1.1), answer.Predictors[0].Result.Reclaimed, 9);
        Assert.True(answer.OracleReclaimed > answer.Predictors[1].Result.Reclaimed);

        var bad = await EnqueueAsync(host, new BacktestQuestion(BacktestQuestion.OwnCsv, Csv: "host,vm\n"));
        var ended = await EndOfAsync(store, bad);
        Assert.Equal(WorkState.Failed, ended.State);
        Assert.Contains("t_unix", ended.Error, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public void A_question_that_makes_no_sense_names_the_field()
    {
        Assert.Null(new BacktestQuestion("planetlab").Problem());
        Assert.StartsWith("trace", new BacktestQuestion("azure").Problem(), StringComparison.Ordinal);
        Assert.StartsWith("risk", new BacktestQuestion("planetlab", Risk: 0).Problem(), StringComparison.Ordinal);
        Assert.StartsWith("predictors", new BacktestQuestion("planetlab", Predictors: ["best"]).Problem(), StringComparison.Ordinal);
        Assert.StartsWith("csv", new BacktestQuestion(BacktestQuestion.OwnCsv).Problem(), StringComparison.Ordinal);
    }

    private static string Csv()
    {
        var text = new StringBuilder("host,vm,t_unix,requested,used\n");
        for (var window = 0; window < 400; window++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"a,1,{window * 300},4,{1 + Math.Sin(window / 20.0):0.000}");
        }

        return text.ToString();
    }

    private static async Task<Guid> EnqueueAsync(IHost host, BacktestQuestion question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkQueue>().EnqueueAsync(BacktestQuestion.Kind, question, "test", Cancellation);
    }

    private static async Task<WorkSummary> EndOfAsync(WorkStore store, Guid id)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await store.FindAsync(id, limit.Token) is not { Ended: true })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }

        return (await store.FindAsync(id, Cancellation))!;
    }
}
