using Headroom.Ingestion;
using Headroom.Interference.Serving;
using Headroom.Jobs.Work;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Headroom.Web.Features.Operation;

/// <summary>
/// Metrics, traces and logs of this server by OpenTelemetry: sent by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector,
/// with the other standard settings (<c>OTEL_SERVICE_NAME</c>, <c>OTEL_EXPORTER_OTLP_HEADERS</c>).
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
        [IngestionRegistration.MeterName, LaneTelemetry.Name, JobTelemetry.Name, "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components"];

    private static readonly string[] Sources = [IngestionRegistration.MeterName, LaneTelemetry.Name, JobTelemetry.Name, "Npgsql", "Microsoft.AspNetCore"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "headroom"))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithTracing(traces => traces.AddSource(Sources))
            .WithLogging()
            .UseOtlpExporter();
    }
}
