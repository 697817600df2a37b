using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Commit;
using Headroom.Ingestion.Enrolling;
using Headroom.Ingestion.Frames;
using Headroom.Ingestion.Live;
using Headroom.Ingestion.Mapping;
using Headroom.Ingestion.Otlp;
using Headroom.Ingestion.Receiving;
using Headroom.Ingestion.RemoteWrite;
using Headroom.Ingestion.Series;
using Headroom.Storage.Model;
using Headroom.Telemetry.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion;

/// <summary>Puts the receivers into a web host. The store must be there: <c>AddHeadroomStorage</c>.</summary>
public static class IngestionRegistration
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string MeterName = "Headroom.Ingestion";

    /// <summary>Path of OTLP/HTTP metrics, as the protocol has it.</summary>
    public const string OtlpPath = "/v1/metrics";

    /// <summary>Path of Prometheus remote write, as Prometheus' own receiver has it.</summary>
    public const string RemoteWritePath = "/api/v1/write";

    /// <summary>Adds the receivers, the writer behind them, and enrolment.</summary>
    public static IHostApplicationBuilder AddHeadroomIngestion(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<IngestionOptions>().BindConfiguration(IngestionOptions.SectionName).ValidateOnStart();
        builder.Services
            .AddSingleton<IValidateOptions<IngestionOptions>, IngestionOptionsValidator>()
            .AddSingleton<IValidateOptions<IngestionOptions>, IngestionOptionsCrossValidator>()
            .AddMetrics()
            .AddHeadroomEnrolment()
            .AddReceiving()
            .AddFrames()
            .AddForeignSenders();
        return builder;
    }

    /// <summary>Adds <see cref="Enrolment"/> alone, for programs that make tokens and keys but receive nothing.</summary>
    public static IServiceCollection AddHeadroomEnrolment(this IServiceCollection services)
    {
        services.AddOptions<IngestionOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SenderKeys>();
        services.TryAddSingleton(provider => new Enrolment(
            provider.GetRequiredService<IDbContextFactory<HeadroomDbContext>>(),
            provider.GetRequiredService<SenderKeys>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<IngestionOptions>>()));
        return services;
    }

    /// <summary>Maps the endpoints of agents, OpenTelemetry Collectors and Prometheus.</summary>
    public static IEndpointRouteBuilder MapHeadroomIngestion(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(IngestContract.FramesPath, (HttpContext http, FramesReceiver receiver) => receiver.PostAsync(http))
            .AsReceiver(FramesReceiver.Name);
        endpoints.MapPost(IngestContract.EnrolPath, (HttpContext http, EnrolmentReceiver receiver) => receiver.EnrolAsync(http))
            .AsReceiver(EnrolmentReceiver.Name);
        endpoints.MapPost(IngestContract.RotatePath, (HttpContext http, EnrolmentReceiver receiver) => receiver.RotateAsync(http))
            .AsReceiver(EnrolmentReceiver.Name);
        endpoints.MapPost(OtlpPath, (HttpContext http, OtlpReceiver receiver) => receiver.PostAsync(http))
            .AsReceiver(OtlpReceiver.Name, OtlpAnswer.Refuse);
        endpoints.MapPost(RemoteWritePath, (HttpContext http, RemoteWriteReceiver receiver) => receiver.PostAsync(http))
            .AsReceiver(RemoteWriteReceiver.Name, RemoteWriteReceiver.Refuse);
        return endpoints;
    }

    private static IServiceCollection AddReceiving(this IServiceCollection services) => services
        .AddSingleton<IngestionMetrics>()
        .AddSingleton<LiveFrames>()
        .AddSingleton<RateLimits>()
        .AddSingleton<RequestGate>()
        .AddSingleton(provider => new MemoryBudget(provider.GetRequiredService<IOptions<IngestionOptions>>().Value.MemoryBytes));

    private static IServiceCollection AddFrames(this IServiceCollection services) => services
        .AddSingleton<ForeignSequences>()
        .AddSingleton<BatchStores>()
        .AddSingleton<CommitQueue>()
        .AddHostedService(provider => provider.GetRequiredService<CommitQueue>())
        .AddSingleton<BatchDecoder>()
        .AddSingleton<FramesReceiver>()
        .AddSingleton<EnrolmentReceiver>();

    private static IServiceCollection AddForeignSenders(this IServiceCollection services) => services
        .AddSingleton(new SourceRulesTable(SourceRulesTable.All))
        .AddSingleton<UnmappedSeries>()
        .AddSingleton<SeriesTables>()
        .AddSingleton<ForeignAgents>()
        .AddSingleton<ForeignIntake>()
        .AddSingleton<OtlpReceiver>()
        .AddSingleton<RemoteWriteReceiver>();

    private static void AsReceiver(this RouteHandlerBuilder endpoint, string name, Func<HttpContext, Refusal, IResult>? refuse = null) => endpoint
        .AddEndpointFilter(new RefusalFilter(name, refuse))
        .DisableAntiforgery()
        .AllowAnonymous()
        .WithTags("Ingestion");
}
