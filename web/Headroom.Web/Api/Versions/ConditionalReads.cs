using Microsoft.Net.Http.Headers;

namespace Headroom.Web.Api.Versions;

/// <summary>Gives the answers of <see cref="VersionedAttribute"/> operations their entity tag, and answers 304 to who has them already.</summary>
internal sealed class ConditionalReads(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<VersionedAttribute>() is not { OfDecisions: false })
        {
            await next(context);
            return;
        }

        var sent = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = sent;
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = EntityTag.OfBytes(body.GetBuffer().AsSpan(0, (int)body.Length));
            var headers = context.Response.GetTypedHeaders();
            headers.ETag = tag;

            // Anybody may keep it, nobody may use it without asking.
            headers.CacheControl = new CacheControlHeaderValue { NoCache = true, Private = true };
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                context.Response.ContentLength = null;
                context.Response.ContentType = null;
                return;
            }
        }

        body.Position = 0;
        await body.CopyToAsync(sent, context.RequestAborted);
    }
}
