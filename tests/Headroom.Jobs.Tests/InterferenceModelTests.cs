using Headroom.Interference.Champion;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs.Interference;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests;

[Collection(HangfireStatics.Name)]
public sealed class InterferenceModelTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_champion_of_the_registry_answers_live_and_one_that_needs_more_than_live_frames_does_not()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Headroom", database.ConnectionString)]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        using var host = builder.Build();
        var (model, served, registry) = (
            host.Services.GetRequiredService<InterferenceModel>(), host.Services.GetRequiredService<ServedModel<InterferencePredictor>>(), host.Services.GetRequiredService<ModelRegistry>());
        var shipped = ShippedModel.Load().Card.Id;
        Assert.Equal(shipped, model.Current.Lane.Predictor.Card.Id);

        var live = await PromoteAsync(Set([]), null);
        Assert.Equal(live.CardId, model.Current.Lane.Predictor.Card.Id);
        await PromoteAsync(Set([new Feature(FeatureBlock.Context, "threads", "1", Resource.Load)]), live.VersionId);
        Assert.Equal(shipped, model.Current.Lane.Predictor.Card.Id);

        async Task<ModelVersionRow> PromoteAsync(RunSet set, int? before)
        {
            var version = await registry.RegisterAsync(InterferenceVersions.Of(new ChampionModel().Fit(set, 1, Cancellation), set, 1, TimeProvider.System.GetUtcNow(), "test", before), null, Cancellation);
            await registry.PromoteAsync(version.VersionId, before, new ModelDecision(ModelVerdict.Forced, "test", "to see it answer"), null, Cancellation);
            await served.RefreshAsync(Cancellation);
            return version;
        }
    }

    private static RunSet Set(Feature[] context)
    {
        var random = new Random(1);
        return new RunSet(
            "made up",
            TargetDefinition.Performance,
            new FeatureSchema([new Feature(FeatureBlock.Target, "container.cpu.pressure.some", "1", Resource.Cpu)], context),
            [
                .. Enumerable.Range(0, 40).Select(index => new InterferenceRun
                {
                    Id = $"{index}", Application = $"app {index % 4}", Composition = $"{index % 5} beside", Frames = [[index % 5 / 5f], [random.NextSingle()]],
                    Context = [.. context.Select(_ => (float)index)], Label = 1 - (index % 5 / 5.0),
                }),
            ]);
    }
}
