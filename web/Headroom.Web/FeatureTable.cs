namespace Headroom.Web;

/// <summary>What each feature brings to the web process: one line for its services, one for its endpoints.</summary>
internal static class FeatureTable
{
    public static void AddServices(WebApplicationBuilder builder)
    {
    }

    public static void MapEndpoints(WebApplication app)
    {
    }
}
