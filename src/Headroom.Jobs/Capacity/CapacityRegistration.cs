using Headroom.Jobs.Backtests;
using Headroom.Jobs.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Capacity;

/// <summary>What the capacity advice needs.</summary>
public static class CapacityRegistration
{
    /// <summary>Adds the reader of the platform's own history; needs the store.</summary>
    public static IServiceCollection AddStoreTrace(this IServiceCollection services)
    {
        services.AddOptions<CapacityOptions>();
        services.AddScoped<HostUseReader>();
        services.AddScoped<CapacityInputs>();
        services.AddScoped<StoreTrace>();
        return services;
    }

    internal static IServiceCollection AddCapacityAdvice(this IServiceCollection services)
    {
        services.AddOptions<CapacityOptions>().BindConfiguration(CapacityOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddStoreTrace();
        services.AddScoped<CapacityJudge>();
        services.AddScoped<IScheduledJob, CapacityAdviceJob>();
        return services;
    }
}
