using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Receiving;

/// <summary>Answers refusals in the receiver's own form, and counts every answer.</summary>
/// <param name="receiver">Name of the receiver in metrics.</param>
/// <param name="write">Makes the answer of a refusal; problem details when null.</param>
internal sealed partial class RefusalFilter(string receiver, Func<HttpContext, Refusal, IResult>? write = null) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var metrics = http.RequestServices.GetRequiredService<IngestionMetrics>();
        try
        {
            var result = await next(context).ConfigureAwait(false);
            metrics.Answered(receiver, (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK);
            return result;
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
            return Results.Empty;
        }
        catch (Exception exception) when (Refusal.From(exception) is { } refusal)
        {
            Log.Refused(http.RequestServices.GetRequiredService<ILogger<RefusalFilter>>(), receiver, refusal.Status, refusal.Detail);
            metrics.Answered(receiver, refusal.Status);
            return Answer(http, refusal);
        }
    }

    private IResult Answer(HttpContext http, Refusal refusal)
    {
        if (refusal.MayRetry)
        {
            var wait = http.RequestServices.GetRequiredService<IOptions<IngestionOptions>>().Value.RetryAfter;
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer, Basic realm=\"Headroom\"";
        }

        return write?.Invoke(http, refusal)
            ?? TypedResults.Problem(statusCode: refusal.Status, type: refusal.Type, title: refusal.Title, detail: refusal.Detail);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Receiver} refused a request with {Status}: {Detail}")]
        public static partial void Refused(ILogger logger, string receiver, int status, string detail);
    }
}
