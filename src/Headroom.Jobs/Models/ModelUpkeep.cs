using Headroom.Jobs.Drift;
using Headroom.Jobs.Interference;
using Headroom.Jobs.Labelling;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Shadow;
using Headroom.Jobs.Verification;
using Headroom.Storage.Interference;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Models;

/// <summary>The work that keeps models good between retrainings. Each is asked for on a schedule, and only when there is something to do.</summary>
internal static class ModelUpkeep
{
    public static IServiceCollection AddModelUpkeep(this IServiceCollection services)
    {
        services.AddSingleton<ShadowTrial>();
        services.AddSingleton<LiveSample>();
        services.AddWorkKind<LabelRunsWork>();
        services.AddScheduledWork(Schedules.Labelling, LabelRunsRequest.Kind, (provider, cancellationToken) => LabelRunsWork.DueAsync(
            provider.GetRequiredService<RunFolders>(), provider.GetRequiredService<WorkStore>(), cancellationToken));
        services.AddWorkKind<VerifyPredictionsWork>();
        services.AddScheduledWork(Schedules.Verification, Schedules.Verification, async (provider, cancellationToken) =>
            await provider.GetRequiredService<VerifiedPredictions>().IsDueAsync(
                VerifyPredictionsWork.Settled(provider.GetRequiredService<IOptions<InterferenceOptions>>().Value, provider.GetRequiredService<TimeProvider>().GetUtcNow()), cancellationToken).ConfigureAwait(false)
                ? [new VerifyPredictionsRequest(InterferenceVersions.Name)]
                : []);
        services.AddWorkKind<ShadowDecisionWork>();
        services.AddScheduledWork(Schedules.ShadowDecision, Schedules.ShadowDecision, async (provider, cancellationToken) =>
            await provider.GetRequiredService<ModelReader>().ShadowAsync(InterferenceVersions.Name, cancellationToken).ConfigureAwait(false) is null
                ? []
                : [new ShadowDecisionRequest(InterferenceVersions.Name)]);
        services.AddWorkKind<DriftCheckWork>();
        services.AddScheduledWork(Schedules.DriftCheck, DriftCheckRequest.Kind, async (provider, cancellationToken) =>
            await provider.GetRequiredService<ModelReader>().ChampionAsync(InterferenceVersions.Name, cancellationToken).ConfigureAwait(false) is null
                ? []
                : [new DriftCheckRequest(InterferenceVersions.Name)]);
        return services;
    }
}
