using Headroom.Jobs.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Retraining;

/// <summary>What the retraining of the interference model needs.</summary>
internal static class RetrainingRegistration
{
    public static IServiceCollection AddRetraining(this IServiceCollection services)
    {
        services.AddServedModel(InterferenceVersions.Kind);
        services.AddSingleton<RunFolders>();
        services.AddScoped<ChallengerTraining>();
        services.AddScheduledWork(Schedules.Retraining, RetrainRequest.Kind, provider => [.. provider.GetRequiredService<RunFolders>().Campaigns().Select(id => new RetrainRequest(id))]);
        return services.AddWorkKind<RetrainWork>();
    }
}
