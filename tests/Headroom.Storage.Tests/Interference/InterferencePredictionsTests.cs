using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Storage.Tests.Interference;

public sealed class InterferencePredictionsTests : IClassFixture<PostgresDatabase>, IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgresDatabase _database;
    private readonly ServiceProvider _services;
    private readonly InterferencePredictions _predictions;
    private readonly InterferenceLabels _labels;

    public InterferencePredictionsTests(PostgresDatabase database)
    {
        _database = database;
        _services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        _predictions = _services.GetRequiredService<InterferencePredictions>();
        _labels = _services.GetRequiredService<InterferenceLabels>();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task A_prediction_is_kept_once_the_newest_is_found_and_old_ones_are_forgotten()
    {
        var (host, entity) = await WorkloadAsync("kept");
        await _predictions.AddAsync([Row(host, entity, 0, 0.9), Row(host, entity, 10, 0.8)], Token);
        await _predictions.AddAsync([Row(host, entity, 10, 0.1), Row(host, entity, 20, 0.7)], Token);

        var course = await _predictions.OfWorkloadAsync(host, entity, Start, Start.AddMinutes(1), 100, Token);
        Assert.Equal([0.9, 0.8, 0.7], course.Select(row => row.Value));
        Assert.Equal([0.8, 0.7], (await _predictions.OfWorkloadAsync(host, entity, Start, Start.AddMinutes(1), 2, Token)).Select(row => row.Value));
        Assert.Equal(0.7, (await _predictions.LatestAsync(Start, Token)).Single(row => row.EntityId == entity).Value);
        Assert.Equal(["far"], course[0].OutsideTraining);

        await _predictions.ForgetAsync(Start.AddSeconds(15), Token);
        Assert.Equal([0.7], (await _predictions.OfWorkloadAsync(host, entity, Start, Start.AddMinutes(1), 100, Token)).Select(row => row.Value));
    }

    [Fact]
    public async Task The_outlook_of_a_host_is_the_mean_of_the_windows_inside_the_training_range()
    {
        var (host, entity) = await WorkloadAsync("outlook");
        await _predictions.AddAsync([Row(host, entity, 0, 0.2), Row(host, entity, 10, 0.6, []), Row(host, entity, 20, 0.8, [])], Token);

        var outlook = Assert.Single(await _predictions.OutlookAsync(host, Start, Token));

        Assert.Equal(("outlook", 0.7), (outlook.Name, Math.Round(outlook.Value, 9)));
        Assert.Equal(0.6, outlook.Lower, 9);
    }

    [Fact]
    public async Task A_label_meets_the_predictions_whose_windows_lie_in_its_time()
    {
        var (host, entity) = await WorkloadAsync("labelled");
        var before = await _labels.CountAsync(Start.AddHours(-1), Token);
        await _predictions.AddAsync([Row(host, entity, 0, 0.1), Row(host, entity, 10, 0.6, []), Row(host, entity, 20, 0.8, []), Row(host, entity, 30, 0.1)], Token);
        await _labels.AddAsync([Label(host, entity, 2, 18, 0.75), Label(host, entity, 500, 520, 0.5)], Token);

        var judged = Assert.Single(await _labels.JudgedAsync(Start.AddHours(-1), 10, Token), label => label.EntityId == entity);

        Assert.Equal((0.75, 2, 0), (judged.Truth, judged.Windows, judged.OutsideWindows));
        Assert.Equal(0.7, judged.Value, 9);
        Assert.Equal(0.8, judged.Upper, 9);
        Assert.Equal(before + 2, await _labels.CountAsync(Start.AddHours(-1), Token));
    }

    [Fact]
    public async Task A_label_is_verified_once_and_stays_verified_when_its_predictions_are_forgotten()
    {
        var (host, entity) = await WorkloadAsync("verified");
        await _predictions.AddAsync([Row(host, entity, 10, 0.6, []), Row(host, entity, 20, 0.8, [])], Token);
        await _labels.AddAsync([Label(host, entity, 2, 18, 0.75), Label(host, entity, 500, 520, 0.5)], Token);
        var (verified, work) = (_services.GetRequiredService<VerifiedPredictions>(), Guid.NewGuid());

        Assert.False(await verified.IsDueAsync(Start.AddSeconds(18), Token));
        Assert.True(await verified.IsDueAsync(Start.AddSeconds(19), Token));
        var row = Assert.Single(await verified.VerifyAsync(work, Start.AddSeconds(19), Token), found => found.EntityId == entity);
        Assert.Equal((0.75, 0.7, 2, work), (row.Truth, Math.Round(row.Value, 9), row.Windows, row.WorkId));
        Assert.False(await verified.IsDueAsync(Start.AddHours(1), Token));
        Assert.Empty(await verified.VerifyAsync(Guid.NewGuid(), Start.AddHours(1), Token));

        // The label of a campaign moves while more runs alone are measured.
        await using (var context = _database.CreateContext())
        {
            await context.Runs.Where(run => run.RunId == row.RunId).ExecuteUpdateAsync(set => set.SetProperty(run => run.OutcomeValue, 0.65), Token);
        }

        Assert.Equal(0.65, Assert.Single(await verified.VerifyAsync(work, Start.AddHours(1), Token)).Truth);

        await _predictions.ForgetAsync(Start.AddDays(1), Token);
        Assert.Contains(await verified.OfModelAsync("model", Start, Token), found => found.RunId == row.RunId);
    }

    [Fact]
    public async Task A_drawn_sample_is_the_same_each_time_and_knows_its_model_and_time()
    {
        var (host, entity) = await WorkloadAsync("drawn");
        var later = Start.AddDays(2);
        await _predictions.AddAsync([.. Enumerable.Range(0, 50).Select(step => Row(host, entity, (2 * 86_400) + (10 * step), 0.5))], Token);

        var drawn = await _predictions.SampleAsync("model", later, later.AddSeconds(400), 7, Token);

        Assert.Equal(7, drawn.Count);
        Assert.Equal(drawn, await _predictions.SampleAsync("model", later, later.AddSeconds(400), 7, Token));
        Assert.All(drawn, window => Assert.True(window.At > later && window.At <= later.AddSeconds(400)));
        Assert.Equal(40, (await _predictions.SampleAsync("model", later, later.AddSeconds(400), 100, Token)).Count);
        Assert.Empty(await _predictions.SampleAsync("another", later, later.AddSeconds(400), 100, Token));
        Assert.True(await _predictions.IsAnsweringAsync("model", later, Token));
        Assert.False(await _predictions.IsAnsweringAsync("model", later.AddDays(1), Token));
    }

    private static InterferencePredictionRow Row(int host, int entity, int second, double value, string[]? outside = null) => new()
    {
        HostId = host, EntityId = entity, At = Start.AddSeconds(second), WindowSeconds = 10, Value = value, Lower = value - 0.1, Upper = value + 0.1, Level = 0.9,
        ModelId = "model", ModelVersion = "1", OutsideTraining = outside ?? ["far"], Reasons = "null", Neighbours = "[]",
    };

    private static RunRow Label(int host, int entity, int from, int to, double performance) => new()
    {
        HostId = host, RunId = Guid.NewGuid(), EntityId = entity, Application = "labelled", Neighbours = [], StartedAt = Start.AddSeconds(from), EndedAt = Start.AddSeconds(to),
        OutcomeName = InterferenceLabels.Outcome, OutcomeUnit = "1", OutcomeValue = performance, Attributes = [],
    };

    private async Task<(int Host, int Entity)> WorkloadAsync(string name)
    {
        var agent = await _database.AddAgentAsync(name, Token);
        await using var context = _database.CreateContext();
        var entity = new EntityRow { HostId = agent.HostId, Kind = EntityKind.Workload, Key = $"/{name}", Name = name, Attributes = [], FirstSeenAt = Start, LastSeenAt = Start };
        context.Entities.Add(entity);
        await context.SaveChangesAsync(Token);
        return (agent.HostId, entity.EntityId);
    }
}
