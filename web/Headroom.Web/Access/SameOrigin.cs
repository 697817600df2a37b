using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>
/// Refuses what a page of another site has a browser do: changes, and the WebSocket of a page's circuit, which no browser keeps to its own site. Programs send
/// neither Origin nor Sec-Fetch-Site and pass.
/// </summary>
internal sealed partial class SameOrigin(RequestDelegate next, IOptions<AccessOptions> options, ILogger<SameOrigin> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsPlainReading(context.Request) || IsOfThisSite(context.Request))
        {
            return next(context);
        }

        Log.Refused(logger, context.Request.Method, context.Request.Path, context.Connection.RemoteIpAddress?.ToString());
        return TypedResults.Problem(
            $"expected a request of a page of {context.Request.Scheme}://{context.Request.Host}; got one of '{context.Request.Headers.Origin}'. A proxy has to pass Host on, or Headroom:Origins names its address.",
            statusCode: StatusCodes.Status403Forbidden, title: "Another site's page may not do this", type: "urn:headroom:cross-origin").ExecuteAsync(context);
    }

    private static bool IsPlainReading(HttpRequest request) => Http.IsReading(request.Method) && request.Headers.Upgrade.Count == 0;

    private bool IsOfThisSite(HttpRequest request)
    {
        if (request.Headers.Origin is [{ Length: > 0 } origin])
        {
            return (Uri.TryCreate(origin, UriKind.Absolute, out var address) && string.Equals(address.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
                || options.Value.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Method} {Path} of {Address}: it came from another site's page")]
        public static partial void Refused(ILogger logger, string method, string path, string? address);
    }
}
