using Headroom.Web.Features.Fleet;

namespace Headroom.Web.Api.Telemetry;

/// <summary>The fleet at a glance, as the page shows it.</summary>
internal static class FleetApi
{
    public static void MapFleetApi(this IEndpointRouteBuilder routes) => routes.MapGet(
            "/api/v1/fleet",
            async (FleetSnapshot fleet, CancellationToken cancellationToken) => TypedResults.Ok(await fleet.ReadAsync(cancellationToken)))
        .WithTags("Telemetry").WithName("ReadFleet").WithSummary("Every host with its newest values, pressure, sparkline and gaps.");
}
