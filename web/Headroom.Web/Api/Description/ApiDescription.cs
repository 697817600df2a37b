using Headroom.Ingestion;
using Headroom.Web.Access;
using Scalar.AspNetCore;

namespace Headroom.Web.Api.Description;

/// <summary>The description of the API at <c>/openapi/v1.json</c>, and the page at <c>/scalar</c> that shows it.</summary>
internal static class ApiDescription
{
    public const string DocumentName = "v1";

    /// <summary>Where the page is.</summary>
    public const string PagePath = "/scalar";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        // What senders speak is not of this API, though Prometheus' own address lies below it.
        options.ShouldInclude = description => $"/{description.RelativePath}" is var path
            && path.StartsWith("/api/v1/", StringComparison.OrdinalIgnoreCase) && !path.Equals(IngestionRegistration.RemoteWritePath, StringComparison.OrdinalIgnoreCase);
        options.AddDocumentTransformer<DocumentHead>();
        options.AddOperationTransformer<DescribedParameters>();
        options.AddOperationTransformer<DescribedHeaders>();
        options.AddOperationTransformer<DescribedProblems>();
    });
    /// <summary>The document, and the page, which brings its own script and asks nobody else: no font, telemetry, proxy or agent of its maker.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.Viewer);
        group.MapOpenApi("/openapi/{documentName}.json");
        group.MapScalarApiReference(PagePath, page => page
            .WithTitle("Headroom API")
            .AddDocument(DocumentName)
            .WithNonce()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools());
    }
}
