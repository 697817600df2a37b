using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Headroom.Web.Api;

/// <summary>Errors of the API: RFC 9457 problem details, each kind with a stable type URI under <c>urn:headroom:</c>.</summary>
public static class Problems
{
    /// <summary>A request that names something wrong: what was expected, where, and what came.</summary>
    public static ProblemHttpResult Invalid(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid", type: $"urn:headroom:{type}");

    /// <summary>Something that was asked for by id and does not exist.</summary>
    public static ProblemHttpResult NotFound(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found", type: $"urn:headroom:{type}");

    /// <summary>Something that cannot be done in the present state.</summary>
    public static ProblemHttpResult Conflict(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "Not possible now", type: $"urn:headroom:{type}");

    /// <summary>Something that this server cannot do yet, or not at the moment: how to make it able, or when to ask again.</summary>
    public static ProblemHttpResult Unavailable(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not available", type: $"urn:headroom:{type}");

    internal static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier);
        services.AddExceptionHandler<UnhandledProblem>();
    }

    /// <summary>Gives error answers of the API a problem body; pages keep their own.</summary>
    internal static void UseStatusCodePagesForApi(this WebApplication app) =>
        app.UseWhen(context => IsApi(context.Request.Path), branch => branch.UseStatusCodePages());

    internal static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/ingest", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The one place where an unexpected exception becomes an answer; the details go to the log, never to the client.</summary>
internal sealed class UnhandledProblem(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            httpContext.Response.StatusCode = bad.StatusCode;
            return await problems.TryWriteAsync(Answer(httpContext, bad.StatusCode, "The request is not valid", "urn:headroom:bad-request", bad.Message));
        }

        httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(Answer(
            httpContext, StatusCodes.Status500InternalServerError, "Something went wrong on the server", "urn:headroom:internal-error", "The log holds the details under this trace id."));
    }

    private static ProblemDetailsContext Answer(HttpContext context, int status, string title, string type, string detail) => new()
    {
        HttpContext = context,
        ProblemDetails = new ProblemDetails { Status = status, Title = title, Type = type, Detail = detail },
    };
}
