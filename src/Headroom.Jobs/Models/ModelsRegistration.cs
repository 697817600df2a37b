using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Models;

/// <summary>Puts the serving of models into a program.</summary>
public static class ModelsRegistration
{
    /// <summary>Adds what keeps the models of this process at the champions of the registry.</summary>
    internal static IServiceCollection AddModelServing(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ModelDesk>();
        return services.AddHostedService<ModelServing>();
    }

    /// <summary>Adds a model that this process serves; ask it through <see cref="ServedModel{T}"/>.</summary>
    public static IServiceCollection AddServedModel<T>(this IServiceCollection services, ModelKind<T> kind)
        where T : class
    {
        services.AddSingleton(kind);
        services.AddSingleton<ServedModel<T>>();
        return services.AddSingleton<IServedModel>(provider => provider.GetRequiredService<ServedModel<T>>());
    }
}
