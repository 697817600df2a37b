using Headroom.Storage.Alerts;
using Headroom.Storage.Capacity;
using Headroom.Storage.Interference;
using Headroom.Storage.Live;
using Headroom.Storage.Maintenance;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Storage.Power;
using Headroom.Storage.Reading;
using Headroom.Storage.Registry;
using Headroom.Storage.Requests;
using Headroom.Storage.Work;
using Headroom.Storage.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Headroom.Storage;

/// <summary>Puts the store into a program.</summary>
public static class StorageRegistration
{
    /// <summary>Name of the connection string in the configuration.</summary>
    public const string ConnectionName = "Headroom";

    /// <summary>Adds the store of the configured connection string <c>ConnectionStrings:Headroom</c>.</summary>
    public static IHostApplicationBuilder AddHeadroomStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHeadroomStorage(provider => provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException($"no database is configured: set ConnectionStrings__{ConnectionName}"));
        return builder;
    }

    /// <summary>Adds the store of a given connection string.</summary>
    public static IServiceCollection AddHeadroomStorage(this IServiceCollection services, string connectionString) =>
        services.AddHeadroomStorage(_ => connectionString);

    private static IServiceCollection AddHeadroomStorage(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddOptions<StorageOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new NpgsqlDataSourceBuilder(connectionString(provider)).Build());
        services.AddPooledDbContextFactory<HeadroomDbContext>((provider, context) => context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<HeadroomDbContext>>().CreateDbContext());
        services.TryAddSingleton<TelemetryWriter>();
        services.TryAddSingleton<SeriesReader>();
        services.TryAddSingleton<FleetReader>();
        services.TryAddSingleton<EntityReader>();
        services.TryAddSingleton<WindowReader>();
        services.TryAddSingleton<DatabaseReader>();
        services.TryAddSingleton<PartitionMaintenance>();
        services.TryAddSingleton<RollUp>();
        services.TryAddSingleton<Compaction>();
        services.TryAddSingleton<Retention>();
        services.TryAddSingleton<WorkStore>();
        services.TryAddSingleton<ScheduleStore>();
        services.TryAddSingleton<CapacityLedger>();
        services.TryAddSingleton<ModelRegistry>();
        services.TryAddSingleton<ModelReader>();
        services.TryAddSingleton<ModelNews>();
        services.TryAddSingleton<ModelAlarms>();
        services.TryAddSingleton<InterferencePredictions>();
        services.TryAddSingleton<InterferenceLabels>();
        services.TryAddSingleton<CampaignRuns>();
        services.TryAddSingleton<VerifiedPredictions>();
        services.TryAddSingleton<ShadowPredictions>();
        services.TryAddSingleton<PowerLedger>();
        services.TryAddSingleton<Invitations>();
        services.TryAddSingleton<ApiKeys>();
        services.TryAddSingleton<AuditLog>();
        services.TryAddSingleton<PeopleRegister>();
        services.TryAddSingleton<WindowMeans>();
        services.TryAddSingleton<HourlyMeans>();
        services.TryAddSingleton<FleetEntities>();
        services.TryAddSingleton<LastHeard>();
        services.TryAddSingleton<DegradationBounds>();
        services.TryAddSingleton<DriftCounts>();
        services.TryAddSingleton<AlertRules>();
        services.TryAddSingleton<AlertBook>();
        services.TryAddSingleton<AlertSilences>();
        services.TryAddSingleton<AlertChannels>();
        services.TryAddSingleton<AlertOutbox>();
        services.TryAddSingleton<Notes.NoteBook>();
        services.TryAddSingleton<Views.SavedViews>();
        services.TryAddSingleton<IdempotentRequests>();
        services.TryAddSingleton<ChangeLock>();
        return services;
    }

    /// <summary>Adds the listener that lets pages follow new frames; needs <see cref="AddHeadroomStorage(IHostApplicationBuilder)"/>.</summary>
    public static IServiceCollection AddHeadroomLiveFeed(this IServiceCollection services)
    {
        services.TryAddSingleton<LiveFeed>();
        return services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
    }
}
