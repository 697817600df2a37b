using Headroom.Ingestion;
using Headroom.Jobs;
using Headroom.Storage;
using Headroom.Web.Access;
using Headroom.Web.Api;
using Headroom.Web.Api.Agents;
using Headroom.Web.Api.Alerts;
using Headroom.Web.Api.Backtests;
using Headroom.Web.Api.Capacity;
using Headroom.Web.Api.Fpga;
using Headroom.Web.Api.Interference;
using Headroom.Web.Api.Jobs;
using Headroom.Web.Api.Memory;
using Headroom.Web.Api.Models;
using Headroom.Web.Api.Notes;
using Headroom.Web.Api.Operation;
using Headroom.Web.Api.People;
using Headroom.Web.Api.Power;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Views;
using Headroom.Web.Features.Alerts;
using Headroom.Web.Features.Backtests;
using Headroom.Web.Features.Capacity;
using Headroom.Web.Features.Fleet;
using Headroom.Web.Features.Hosts;
using Headroom.Web.Features.Interference;
using Headroom.Web.Features.Memory;
using Headroom.Web.Features.Models;
using Headroom.Web.Features.Operation;
using Headroom.Web.Features.Trust;

namespace Headroom.Web;

/// <summary>What each feature brings to the web process: one line for its services, one for its endpoints.</summary>
internal static class FeatureTable
{
    public static void AddServices(WebApplicationBuilder builder)
    {
        var roles = builder.Configuration.Roles();
        builder.Configuration.AddInMemoryCollection([new($"{JobsOptions.SectionName}:{nameof(JobsOptions.IsWorker)}", roles.HasFlag(ProgramRoles.Worker).ToString())]);
        builder.AddHeadroomStorage();
        builder.Services.AddHeadroomLiveFeed();
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<LiveApi>();
        builder.Services.AddSingleton<FleetSnapshot>();
        builder.Services.AddSingleton<HostReader>();
        builder.Services.AddSingleton<CapacityReader>();
        builder.Services.AddSingleton<BacktestReader>();
        builder.Services.AddOptions<LiveMemoryOptions>().BindConfiguration(LiveMemoryOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<HostMemories>();
        builder.Services.AddSingleton<LiveMemoryReader>();
        builder.Services.AddSingleton<InterferenceReader>();
        builder.Services.AddSingleton<TrustReader>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [HealthApi.Ready]);
        builder.AddHeadroomIngestion();
        builder.Services.AddSingleton<SystemMonitor>().AddHostedService(provider => provider.GetRequiredService<SystemMonitor>());
        builder.AddHeadroomJobs();
        builder.Services.AddSingleton<ModelViews>();
        builder.Services.AddSingleton<FiringCount>();
        builder.AddTelemetry();
    }

    public static void MapEndpoints(WebApplication app)
    {
        var roles = app.Configuration.Roles();
        if (roles.HasFlag(ProgramRoles.Ingest))
        {
            app.MapHeadroomIngestion();
        }

        if (!roles.HasFlag(ProgramRoles.Web))
        {
            return;
        }

        app.MapHangfirePages();
        var api = app.MapGuarded();
        api.MapTelemetryApi();
        api.MapFleetApi();
        api.MapSeriesApi();
        api.MapLiveApi();
        api.MapAgentsApi();
        api.MapSystemApi();
        api.MapJobsApi();
        api.MapSchedulesApi();
        api.MapModelsApi();
        api.MapCapacityApi();
        api.MapBacktestsApi();
        api.MapMemoryApi();
        api.MapFpgaApi();
        api.MapInterferenceApi();
        api.MapPowerApi();
        api.MapAlertsApi();
        api.MapPeopleApi();
        api.MapAccountApi();
        api.MapNotesApi();
        api.MapSavedViewsApi();
    }
}
