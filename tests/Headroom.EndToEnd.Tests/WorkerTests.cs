using Headroom.Jobs.Retraining;
using Headroom.Migrations;
using Headroom.Storage.Model;
using Headroom.Storage.Provisioning;
using Headroom.Storage.Registry;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.EndToEnd.Tests;

/// <summary>Worker processes that die, wait for each other, and lose their database.</summary>
public sealed class WorkerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const int Runs = 700;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-workers-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_training_whose_worker_is_killed_ends_on_another_from_its_checkpoint_and_makes_one_version()
    {
        MadeUpRuns.Write(Path.Combine(_folder, "campaign"), Runs);
        await using var client = new JobsClient(database.ConnectionString, Cancellation);
        await client.FirstChampionAsync(Path.Combine(_folder, "campaign"), 60);
        Guid work;
        await using (await StartAsync(database.ConnectionString))
        {
            work = await client.RetrainAsync("campaign");
            await client.UntilAsync(async () => (await client.LogAsync(work)).Contains("part 1 of 12 is trained"));

            // Leaving the block kills the process without a warning.
        }

        Assert.False((await client.Store.FindAsync(work, Cancellation))!.Ended);
        await using var second = await StartAsync(database.ConnectionString);
        await client.UntilAsync(async () =>
        {
            await client.RecoverAsync();
            return (await client.Store.FindAsync(work, Cancellation))!.Attempts == 2;
        });
        var ended = await client.EndOfAsync(work);
        var log = await client.LogAsync(work);

        Assert.True(ended.State == WorkState.Succeeded, ended.Error);
        Assert.Equal(2, ended.Attempts);
        Assert.Contains(log, line => line.StartsWith("going on after part", StringComparison.Ordinal));
        Assert.Single(log, line => line == "part 1 of 12 is trained");
        var versions = await client.Services.GetRequiredService<ModelReader>().ListAsync(InterferenceVersions.Name, Cancellation);
        Assert.Equal([(await client.AnswerAsync(work)).ChallengerId], versions.Where(version => version.WorkId == work).Select(version => version.VersionId));
    }

    [Fact]
    public async Task A_job_that_takes_far_longer_than_the_timeouts_is_not_started_twice_by_two_workers()
    {
        // A job of 45 minutes against a timeout of 30, in small: the training takes several of these leases and timeouts.
        MadeUpRuns.Write(Path.Combine(_folder, "long"), Runs, seed: 3);
        await using var client = new JobsClient(database.ConnectionString, Cancellation);
        await client.FirstChampionAsync(Path.Combine(_folder, "long"), 60);
        await using var first = await StartAsync(database.ConnectionString, lease: 2, timeout: 2);
        await using var second = await StartAsync(database.ConnectionString, lease: 2, timeout: 2);
        var work = await client.RetrainAsync("long", seed: 5);
        // Announced again and again, as the recovery of an impatient server would.
        var ended = client.EndOfAsync(work);
        while (!ended.IsCompleted)
        {
            await client.RecoverAsync();
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(500), Cancellation));
        }

        Assert.Equal((WorkState.Succeeded, 1L), ((await ended).State, (await ended).Attempts));
        Assert.Single(await client.LogAsync(work), line => line == "part 1 of 12 is trained");
    }

    [Fact]
    public async Task A_worker_that_slept_through_its_lease_publishes_nothing_and_says_why_it_stopped()
    {
        MadeUpRuns.Write(Path.Combine(_folder, "sleepy"), Runs, seed: 6);
        await using var client = new JobsClient(database.ConnectionString, Cancellation);
        await client.FirstChampionAsync(Path.Combine(_folder, "sleepy"), 60);
        await using var first = await StartAsync(database.ConnectionString, lease: 2);
        var work = await client.RetrainAsync("sleepy", seed: 6);
        await client.UntilAsync(async () => (await client.LogAsync(work)).Contains("part 1 of 12 is trained"));
        first.Freeze();

        await using var second = await StartAsync(database.ConnectionString, lease: 2);
        await client.UntilAsync(async () =>
        {
            await client.RecoverAsync();
            return (await client.Store.FindAsync(work, Cancellation))!.Attempts == 2;
        });
        first.Thaw();
        var ended = await client.EndOfAsync(work);
        await client.UntilAsync(async () => (await client.LogAsync(work)).Any(line => line.Contains("stopped: another worker took this work over", StringComparison.Ordinal)));

        Assert.True(ended.State == WorkState.Succeeded, ended.Error);
        var answer = await client.AnswerAsync(work);
        var models = client.Services.GetRequiredService<ModelReader>();
        Assert.Equal([answer.ChallengerId], (await models.ListAsync(InterferenceVersions.Name, Cancellation)).Where(version => version.WorkId == work).Select(version => version.VersionId));
        Assert.Single(await models.DecisionsAsync(InterferenceVersions.Name, Cancellation), decision => decision.VersionId == answer.ChallengerId);
    }

    [Fact]
    public async Task Of_two_workers_that_race_to_publish_one_wins_and_the_other_says_why_it_stopped()
    {
        MadeUpRuns.Write(Path.Combine(_folder, "race"), Runs, seed: 7);
        await using var client = new JobsClient(database.ConnectionString, Cancellation);
        var models = client.Services.GetRequiredService<ModelReader>();
        if (await models.ChampionAsync(InterferenceVersions.Name, Cancellation) is null)
        {
            await client.FirstChampionAsync(Path.Combine(_folder, "race"), 60);
        }

        // A champion that any of the two challengers beats.
        var weak = await client.WeakChampionAsync(Path.Combine(_folder, "race"), 40);
        await using var first = await StartAsync(database.ConnectionString);
        await using var second = await StartAsync(database.ConnectionString);
        var jobs = await Task.WhenAll(client.RetrainAsync("race", seed: 11), client.RetrainAsync("race", seed: 12));
        var ended = await Task.WhenAll(jobs.Select(client.EndOfAsync));

        Assert.Equal(2, ended.Select(work => work.Worker).Distinct().Count());
        var winner = Assert.Single(ended, work => work.State == WorkState.Succeeded);
        var loser = Assert.Single(ended, work => work.State == WorkState.Failed);
        Assert.True((await client.AnswerAsync(winner.WorkId)).Promoted);
        Assert.Contains("became champion meanwhile", loser.Error, StringComparison.Ordinal);
        Assert.Contains(await client.LogAsync(loser.WorkId), line => line.StartsWith("stopped: ", StringComparison.Ordinal));
        var decisions = await models.DecisionsAsync(InterferenceVersions.Name, Cancellation);
        Assert.Single(decisions, decision => decision.ChampionId == weak.VersionId && decision.Verdict == ModelVerdict.Promoted);
    }

    [Fact]
    public async Task A_database_that_restarts_under_a_training_does_not_end_it()
    {
        Assert.SkipWhen(ServerBinaries.FindAll().Count == 0, "no PostgreSQL server programs on this machine");
        MadeUpRuns.Write(Path.Combine(_folder, "runs", "campaign"), Runs, seed: 4);
        var options = new LocalPostgresOptions { Directory = Path.Combine(_folder, "postgres") };
        var postgres = await LocalPostgres.StartAsync(options, cancellationToken: Cancellation);
        try
        {
            await DatabaseMigration.ApplyAsync(postgres.ConnectionString, new Progress<string>(), Cancellation);
            await using var client = new JobsClient(postgres.ConnectionString, Cancellation);
            await client.FirstChampionAsync(Path.Combine(_folder, "runs", "campaign"), 60);
            await using var worker = await StartAsync(postgres.ConnectionString, runs: Path.Combine(_folder, "runs"));
            var work = await client.RetrainAsync("campaign");
            await client.UntilAsync(async () => (await client.LogAsync(work)).Contains("part 1 of 12 is trained"));

            await postgres.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
            postgres = await LocalPostgres.StartAsync(options, cancellationToken: Cancellation);

            await client.UntilAsync(async () =>
            {
                try
                {
                    await client.RecoverAsync();
                    return (await client.Store.FindAsync(work, Cancellation))!.Ended;
                }
                catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
                {
                    // The pool of this test still holds connections of before.
                    return false;
                }
            });
            var ended = await client.EndOfAsync(work);
            Assert.True(ended.State == WorkState.Succeeded, ended.Error);
            Assert.Single(await client.LogAsync(work), line => line == "part 1 of 12 is trained");
            Assert.Single(await client.Services.GetRequiredService<ModelReader>().ListAsync(InterferenceVersions.Name, Cancellation), version => version.WorkId == work);
        }
        finally
        {
            await postgres.DisposeAsync();
        }
    }

    private Task<WebProgram> StartAsync(string connectionString, int lease = 3, int timeout = 1_800, string? runs = null) => WebProgram.StartAsync(
        connectionString,
        new Dictionary<string, string>
        {
            ["Headroom__Roles"] = "worker",
            ["Headroom__Jobs__HeartbeatSeconds"] = "0.2",
            ["Headroom__Jobs__LeaseSeconds"] = FormattableString.Invariant($"{lease}"),
            ["Headroom__Jobs__InvisibilitySeconds"] = FormattableString.Invariant($"{timeout}"),
            ["Headroom__Jobs__PollSeconds"] = "1",
            ["Headroom__Datasets__Runs"] = runs ?? _folder,
        },
        Cancellation);
}
