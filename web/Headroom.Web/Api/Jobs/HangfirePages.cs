using Hangfire;
using Hangfire.Dashboard;
using Headroom.Web.Access;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Jobs;

/// <summary>Hangfire's own pages, for administrators, without the connection string; of an open server on its own machine only.</summary>
internal static class HangfirePages
{
    private const string Path = "/hangfire";

    public static void MapHangfirePages(this IEndpointRouteBuilder routes) => routes.MapHangfireDashboard(Path, new DashboardOptions
    {
        Authorization = [new OpenOnLoopbackOnly()],
        DisplayStorageConnectionString = false,
        AppPath = "/jobs",
        DashboardTitle = "Headroom's queues",
    }).RequireAuthorization(Policies.Administrator).WithMetadata(new Change("UseHangfire"));

    private sealed class OpenOnLoopbackOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) =>
            context.GetHttpContext() is var http
            && (http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.Access == AccessMode.SignIn
                || (http.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)));
    }
}
