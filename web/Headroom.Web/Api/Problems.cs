using System.Diagnostics;
using System.Text.Json;
using Headroom.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Headroom.Web.Api;

/// <summary>Errors of the API: RFC 9457 problem details, each kind with a stable type URI under <c>urn:headroom:</c>.</summary>
public static class Problems
{
    /// <summary>What every type begins with.</summary>
    public const string Prefix = "urn:headroom:";

    /// <summary>A request that names something wrong: what was expected, where, and what came.</summary>
    public static ProblemHttpResult Invalid(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid", type: $"{Prefix}{type}");

    /// <summary>Something that was asked for by id and does not exist.</summary>
    public static ProblemHttpResult NotFound(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found", type: $"{Prefix}{type}");

    /// <summary>Something that cannot be done in the present state.</summary>
    public static ProblemHttpResult Conflict(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "Not possible now", type: $"{Prefix}{type}");

    /// <summary>A request that can be read but not followed.</summary>
    public static ProblemHttpResult Unprocessable(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity, title: "The request cannot be followed", type: $"{Prefix}{type}");

    /// <summary>A change of something that has meanwhile another state than the caller saw.</summary>
    public static ProblemHttpResult Changed(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status412PreconditionFailed, title: "Changed meanwhile", type: $"{Prefix}changed-meanwhile");

    /// <summary>Something that this server cannot do yet, or not at the moment: how to make it able, or when to ask again.</summary>
    public static ProblemHttpResult Unavailable(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not available", type: $"{Prefix}{type}");

    internal static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
            if (context.ProblemDetails.Type?.StartsWith(Prefix, StringComparison.Ordinal) is not true)
            {
                var type = ProblemTypes.OfStatus(context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode);
                (context.ProblemDetails.Type, context.ProblemDetails.Detail) = (type.Uri, context.ProblemDetails.Detail ?? type.Meaning);
            }
        });
        services.AddExceptionHandler<UnhandledProblem>();

        // A parameter that cannot be read is told by name in every environment, not only while developing.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
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
    private const string NotValid = "The request is not valid";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            var detail = bad.InnerException is JsonException malformed ? $"{bad.Message} {malformed.Message}{Where(malformed)}" : bad.Message;
            return await AnswerAsync(httpContext, bad.StatusCode, NotValid, detail);
        }

        if (UnstorableText.IsReason(exception))
        {
            return await AnswerAsync(
                httpContext, StatusCodes.Status400BadRequest, NotValid, "A text of the request holds a character that cannot be kept: expected Unicode without U+0000.");
        }

        if (IsOverflow(httpContext.Request, exception))
        {
            return await AnswerAsync(
                httpContext, StatusCodes.Status422UnprocessableEntity, "The request cannot be followed",
                "Expected numbers whose answer is finite; those of the request lead to one beyond 1.8e308, which JSON cannot carry.");
        }

        return await AnswerAsync(httpContext, StatusCodes.Status500InternalServerError, "Something went wrong on the server", "The log holds the details under this trace id.");
    }

    // The serializer's own messages end with the path, a converter's do not.
    private static string Where(JsonException malformed) =>
        malformed.Path is { } path && !malformed.Message.Contains(path, StringComparison.Ordinal) ? $" Path: {path}." : "";

    // Only where the caller's numbers were worked with: an infinity in what the server keeps would be its own fault and stays a 500.
    private static bool IsOverflow(HttpRequest request, Exception exception) =>
        HttpMethods.IsPost(request.Method) && exception is ArgumentException { Source: "System.Text.Json", StackTrace: { } trace } && trace.Contains(nameof(Utf8JsonWriter.WriteNumberValue), StringComparison.Ordinal);

    private ValueTask<bool> AnswerAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        return problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = status, Title = title, Type = ProblemTypes.OfStatus(status).Uri, Detail = detail },
        });
    }
}
