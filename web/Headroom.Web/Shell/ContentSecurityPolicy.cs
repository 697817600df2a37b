using Headroom.Web.Api.Description;
using Scalar.AspNetCore;

namespace Headroom.Web.Shell;

/// <summary>Keeps every page to what this server itself serves: no foreign script, font, image or frame.</summary>
internal sealed class ContentSecurityPolicy(RequestDelegate next)
{
    // Component libraries position pop-ups with style attributes, so inline styles stay allowed; inline scripts do not.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        if (context.Request.Path.StartsWithSegments(ApiDescription.PagePath, StringComparison.OrdinalIgnoreCase))
        {
            // The page of the API starts itself with a script inside, made anew with a random mark for every request.
            context.Response.OnStarting(() =>
            {
                if (context.Items.TryGetValue(ScalarOptions.NonceHttpContextItemKey, out var nonce))
                {
                    headers.ContentSecurityPolicy = Policy.Replace("script-src 'self'", $"script-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal);
                }

                return Task.CompletedTask;
            });
        }

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }
}
