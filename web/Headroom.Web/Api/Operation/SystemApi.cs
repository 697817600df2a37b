using Headroom.Web.Features.Operation;

namespace Headroom.Web.Api.Operation;

/// <summary>How the server itself is doing, as the page shows it.</summary>
internal static class SystemApi
{
    public static void MapSystemApi(this IEndpointRouteBuilder routes) => routes.MapGet(
            "/api/v1/system",
            async (SystemMonitor monitor, CancellationToken cancellationToken) => TypedResults.Ok(await monitor.ReadAsync(cancellationToken)))
        .WithTags("System").WithName("ReadSystem").WithSummary("Ingest rate, lag, queue, drops, size of the database and when its disk is full.");
}
