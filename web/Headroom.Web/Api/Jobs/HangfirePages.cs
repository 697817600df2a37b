using Hangfire;
using Hangfire.Dashboard;

namespace Headroom.Web.Api.Jobs;

/// <summary>Hangfire's own pages, for people who look after the server: on this machine only, and without the connection string.</summary>
internal static class HangfirePages
{
    private const string Path = "/hangfire";

    public static void MapHangfirePages(this IEndpointRouteBuilder routes) => routes.MapHangfireDashboard(Path, new DashboardOptions
    {
        Authorization = [new LoopbackOnly()],
        DisplayStorageConnectionString = false,
        AppPath = "/jobs",
        DashboardTitle = "Headroom's queues",
    });

    private sealed class LoopbackOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => context.GetHttpContext().Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address);
    }
}
