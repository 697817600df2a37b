using Headroom.Storage.Model;
using Headroom.Storage.Notes;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Storage.Tests.Registry;

public sealed class ModelRegistryTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
    private readonly string _model = $"model {Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ModelRegistry Registry => _services.GetRequiredService<ModelRegistry>();

    private ModelReader Reader => _services.GetRequiredService<ModelReader>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task A_version_that_was_made_from_the_same_is_registered_once_and_its_file_comes_back()
    {
        var first = await Registry.RegisterAsync(Version("a"), null, Token);
        var again = await Registry.RegisterAsync(Version("a"), null, Token);
        var other = await Registry.RegisterAsync(Version("b"), null, Token);

        Assert.Equal(first.VersionId, again.VersionId);
        Assert.Equal((1, 2), (first.Number, other.Number));
        Assert.Equal(Version("a").File, await Reader.FileAsync(first, Token));
        Assert.Equal("mae", Assert.Single(await Reader.MetricsAsync(_model, Token), metric => metric.VersionId == first.VersionId).Name);
    }

    [Fact]
    public async Task Nothing_of_a_version_but_its_stage_can_be_changed()
    {
        var champion = await Registry.ChampionOrFirstAsync(Version("first"), "the first", Token);
        var version = await Registry.RegisterAsync(Version("a"), null, Token);
        await using var context = database.CreateContext();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => context.ModelVersions.Where(row => row.VersionId == version.VersionId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DataChecksum, "forged"), Token));
        Assert.Contains("never changes", refused.MessageText, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => context.ModelFiles.Where(file => file.Hash == version.FileHash).ExecuteUpdateAsync(set => set.SetProperty(file => file.Bytes, [9]), Token));
        await Registry.ShadowAsync(version.VersionId, champion.VersionId, Shadowed(), null, Token);
        Assert.Equal(ModelStage.Shadow, (await Reader.FindAsync(version.VersionId, Token))!.Stage);
    }

    [Fact]
    public async Task Of_many_that_race_to_publish_against_the_same_champion_exactly_one_wins_and_the_others_say_why()
    {
        var champion = await Registry.ChampionOrFirstAsync(Version("first"), "the first", Token);
        var challengers = new List<ModelVersionRow>();
        foreach (var key in Enumerable.Range(0, 8))
        {
            challengers.Add(await Registry.RegisterAsync(Version($"challenger {key}"), null, Token));
        }

        var outcomes = await Task.WhenAll(challengers.Select(challenger => Task.Run(() => TryPromoteAsync(challenger, champion))));

        Assert.Single(outcomes, outcome => outcome is null);
        var winner = (await Reader.ChampionAsync(_model, Token))!;
        Assert.All(outcomes.Where(outcome => outcome is not null), said => Assert.StartsWith($"version {winner.Number} became champion meanwhile", said, StringComparison.Ordinal));
        Assert.Single(await Reader.DecisionsAsync(_model, Token), decision => decision.Verdict == ModelVerdict.Promoted);
        Assert.Single(await Reader.ListAsync(_model, Token), version => version.Stage == ModelStage.Champion);
    }

    [Fact]
    public async Task A_worker_whose_work_was_taken_over_publishes_nothing()
    {
        var champion = await Registry.ChampionOrFirstAsync(Version("first"), "the first", Token);
        var contexts = _services.GetRequiredService<IDbContextFactory<HeadroomDbContext>>();
        var work = await _services.GetRequiredService<WorkStore>().AddAsync("retrain", "{}", "test", Token);
        var dead = (await WorkClaim.TakeAsync(contexts, TimeProvider.System, work, "first", TimeSpan.FromSeconds(-1), Token))!;
        var living = (await WorkClaim.TakeAsync(contexts, TimeProvider.System, work, "second", TimeSpan.FromMinutes(1), Token))!;

        await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.RegisterAsync(Version("trained"), dead.Fence, Token));
        var version = await Registry.RegisterAsync(Version("trained"), living.Fence, Token);
        var refused = await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.PromoteAsync(version.VersionId, champion.VersionId, By("worker"), dead.Fence, Token));
        await Registry.PromoteAsync(version.VersionId, champion.VersionId, By("worker"), living.Fence, Token);

        Assert.Contains("another worker took this work over", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Reader.ListAsync(_model, Token)).Count);
        Assert.Equal(work, (await Reader.DecisionsAsync(_model, Token))[0].WorkId);
        var (versions, decisions) = await Reader.OfWorkAsync(work, Token);
        Assert.Equal([version.VersionId, champion.VersionId], versions.Select(row => row.VersionId));
        Assert.Single(decisions);
    }

    [Fact]
    public async Task Rolling_back_brings_the_champion_before_and_the_first_has_none_before_it()
    {
        var first = await Registry.ChampionOrFirstAsync(Version("1"), "the first", Token);
        var second = await Registry.RegisterAsync(Version("2"), null, Token);
        await Registry.PromoteAsync(second.VersionId, first.VersionId, By("rule"), null, Token);
        await Registry.PromoteAsync(second.VersionId, first.VersionId, By("rule, asked twice"), null, Token);

        var back = await Registry.RollBackAsync(_model, "ada", "slower than it said", Token);
        var refused = await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.RollBackAsync(_model, "ada", "again", Token));

        Assert.Equal((first.VersionId, ModelStage.Champion), (back.VersionId, back.Stage));
        Assert.Contains("none to go back to", refused.Message, StringComparison.Ordinal);
        Assert.Equal([ModelVerdict.RolledBack, ModelVerdict.Promoted, ModelVerdict.First], (await Reader.DecisionsAsync(_model, Token)).Select(decision => decision.Verdict));
    }

    [Fact]
    public async Task What_a_person_vetoed_the_rule_cannot_promote_but_a_person_can()
    {
        var first = await Registry.ChampionOrFirstAsync(Version("1"), "the first", Token);
        var second = await Registry.RegisterAsync(Version("2"), null, Token);
        await Registry.TurnDownAsync(second.VersionId, new ModelDecision(ModelVerdict.Vetoed, "ada", "not on a Friday"), null, Token);

        await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.PromoteAsync(second.VersionId, first.VersionId, By("rule"), null, Token));
        await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.TurnDownAsync(first.VersionId, new ModelDecision(ModelVerdict.Vetoed, "ada", "the champion"), null, Token));
        await Registry.PromoteAsync(second.VersionId, first.VersionId, new ModelDecision(ModelVerdict.Forced, "ada", "Monday"), null, Token);

        Assert.Equal(second.VersionId, (await Reader.ChampionAsync(_model, Token))!.VersionId);
    }

    [Fact]
    public async Task One_version_answers_in_the_shadow_and_none_that_a_person_vetoed()
    {
        var first = await Registry.ChampionOrFirstAsync(Version("1"), "the first", Token);
        var second = await Registry.RegisterAsync(Version("2"), null, Token);
        var third = await Registry.RegisterAsync(Version("3"), null, Token);
        await Registry.ShadowAsync(second.VersionId, first.VersionId, Shadowed(), null, Token);
        await Registry.ShadowAsync(third.VersionId, first.VersionId, Shadowed(), null, Token);

        Assert.Equal(third.VersionId, (await Reader.ShadowAsync(_model, Token))!.VersionId);
        Assert.Equal(ModelStage.Retired, (await Reader.FindAsync(second.VersionId, Token))!.Stage);
        Assert.Contains(await Reader.DecisionsAsync(_model, Token), decision => decision.VersionId == second.VersionId && decision.Reason == "version 3 took its place in the shadow");

        await Registry.TurnDownAsync(third.VersionId, new ModelDecision(ModelVerdict.Vetoed, "ada", "no"), null, Token);
        Assert.Null(await Reader.ShadowAsync(_model, Token));
        await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.ShadowAsync(third.VersionId, first.VersionId, Shadowed(), null, Token));
        await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.ShadowAsync(first.VersionId, first.VersionId, Shadowed(), null, Token));
        await Assert.ThrowsAsync<PublicationRefusedException>(() => Registry.ShadowAsync(second.VersionId, third.VersionId, Shadowed(), null, Token));
    }

    [Fact]
    public async Task A_challenger_that_only_listens_is_not_noted_as_the_version_that_answers()
    {
        var champion = await Registry.ChampionOrFirstAsync(Version("first"), "the first", Token);
        var challenger = await Registry.RegisterAsync(Version("listens"), null, Token);
        await Registry.ShadowAsync(challenger.VersionId, champion.VersionId, Shadowed(), null, Token);
        var now = TimeProvider.System.GetUtcNow();

        var notes = await _services.GetRequiredService<NoteBook>().ReadAsync(null, now.AddHours(-1), now.AddHours(1), 1000, Token);

        Assert.Equal($"{_model}: version {champion.Number} answers now", Assert.Single(notes, note => note.Text.StartsWith(_model, StringComparison.Ordinal)).Text);
    }

    [Fact]
    public async Task Whoever_follows_the_news_hears_of_a_new_champion_at_once()
    {
        var heard = new TaskCompletionSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var looks = 0;
        var following = _services.GetRequiredService<ModelNews>().FollowAsync(
            async token =>
            {
                if (Interlocked.Increment(ref looks) == 1)
                {
                    // It listens before the first look, so nothing can be missed from here on.
                    await Registry.ChampionOrFirstAsync(Version("1"), "the first", token);
                }
                else if (await Reader.ChampionAsync(_model, token) is not null)
                {
                    heard.TrySetResult();
                }
            },
            TimeSpan.FromMinutes(10),
            stop.Token);

        await heard.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await stop.CancelAsync();
        await following;
    }

    private async Task<string?> TryPromoteAsync(ModelVersionRow challenger, ModelVersionRow champion)
    {
        try
        {
            await Registry.PromoteAsync(challenger.VersionId, champion.VersionId, By("rule"), null, Token);
            return null;
        }
        catch (PublicationRefusedException refused)
        {
            return refused.Message;
        }
    }

    private static ModelDecision Shadowed() => new(ModelVerdict.Shadowed, "rule", "better on the hold-out");

    private static ModelDecision By(string who) => new(ModelVerdict.Promoted, who, "better", "{\"p\":0.01}");

    private NewModelVersion Version(string key) => new(
        _model, key, [1, 2, 3, (byte)key.Length, (byte)key[0]], $"card {key}", ["trees"], ["cpu [%]"], "runs", $"checksum {key}", 10, "test", null,
        [new ModelMetric("card", ModelMetricRow.Everything, "mae", 0.1, "ratio", 10)]);
}
