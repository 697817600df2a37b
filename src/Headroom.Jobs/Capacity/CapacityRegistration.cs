using Headroom.Jobs.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Capacity;

/// <summary>What the capacity advice needs.</summary>
internal static class CapacityRegistration
{
    public static IServiceCollection AddCapacityAdvice(this IServiceCollection services)
    {
        services.AddOptions<CapacityOptions>().BindConfiguration(CapacityOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<HostUseReader>();
        services.AddScoped<CapacityInputs>();
        services.AddScoped<CapacityJudge>();
        services.AddScoped<IScheduledJob, CapacityAdviceJob>();
        return services;
    }
}
