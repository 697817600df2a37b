using Headroom.Jobs.Capacity;
using Headroom.Jobs.Scheduling;
using Headroom.Jobs.Shadow;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Interference;

/// <summary>What the interference predictions need.</summary>
internal static class InterferenceRegistration
{
    public static IServiceCollection AddInterference(this IServiceCollection services)
    {
        services.AddOptions<InterferenceOptions>().BindConfiguration(InterferenceOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<InterferenceModel>();
        services.AddSingleton<GpuPairModel>();
        services.AddSingleton<LiveWindowReader>();
        services.AddSingleton<NeighbourWhatIf>();
        services.AddSingleton<ShadowModel>();
        services.AddSingleton<InterferenceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<InterferenceWatch>());
        services.AddScoped<IScheduledJob, InterferenceRetentionJob>();
        services.AddSingleton<IInterferenceOutlook, InterferenceOutlook>();
        return services;
    }
}
