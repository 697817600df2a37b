using Headroom.Jobs.Labelling;
using Headroom.Jobs.Retraining;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Tests.Upkeep;

[Collection(HangfireStatics.Name)]
public sealed class LabelRunsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-campaigns-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task New_runs_of_a_campaign_are_labelled_once_and_enough_of_them_ask_for_a_retraining()
    {
        var source = RecordedRun.Campaign();
        var campaign = Directory.CreateDirectory(Path.Combine(_folder, "campaign")).FullName;
        foreach (var recording in Directory.EnumerateFiles(source, "*.frames"))
        {
            File.CreateSymbolicLink(Path.Combine(campaign, Path.GetFileName(recording)), recording);
        }

        var lines = File.ReadAllLines(Path.Combine(source, "runs.csv"));
        await using var fleet = await LiveFleet.StartAsync(database, "labelled", Cancellation, ("Headroom:Datasets:Runs", _folder), ("Headroom:Models:NewRuns", "25"));

        var first = await MeasureAsync(fleet, campaign, lines[..61]);
        Assert.Equal((60, 0, 0, null), (first!.Runs, first.New, first.Waiting, first.Retraining));
        Assert.True(first.Labelled < first.Runs, "some applications have no run alone yet");
        Assert.NotEmpty(first.Unlabelled);

        Assert.Null(await MeasureAsync(fleet, campaign, null));
        var second = await MeasureAsync(fleet, campaign, lines[..76]);
        Assert.True(second!.New > 0 && second.Waiting == second.New && second.Retraining is null, $"{second}");

        var third = await MeasureAsync(fleet, campaign, lines);
        Assert.Equal(0, third!.Waiting);
        var asked = (await fleet.Services.GetRequiredService<WorkStore>().FindAsync(third.Retraining!.Value, Cancellation))!;
        Assert.Equal((RetrainRequest.Kind, Schedules.Labelling), (asked.Kind, asked.RequestedBy));
    }

    private static async Task<LabelRunsAnswer?> MeasureAsync(LiveFleet fleet, string campaign, string[]? lines)
    {
        if (lines is not null)
        {
            File.WriteAllLines(Path.Combine(campaign, "runs.csv"), lines);
        }

        var done = await fleet.RunScheduleAsync(Schedules.Labelling);
        return done.Count == 0 ? null : await fleet.AnswerOfAsync<LabelRunsAnswer>(done[0]);
    }
}
