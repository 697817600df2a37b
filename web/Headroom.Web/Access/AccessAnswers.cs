using Headroom.Web.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Headroom.Web.Access;

/// <summary>What whoever may not come in is told: people are led to a page, programs get a problem.</summary>
internal sealed partial class AccessAnswers(ILogger<AccessAnswers> logger) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        Log.Refused(logger, context.User.Who(), context.Request.Method, context.Request.Path, context.Connection.RemoteIpAddress?.ToString());
        return authorizeResult.Challenged ? AskToSignInAsync(context) : TurnAwayAsync(context, policy);
    }

    private static Task AskToSignInAsync(HttpContext context)
    {
        if (IsPerson(context.Request))
        {
            context.Response.Redirect($"{Entrance.SignInPath}?back={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(
            "expected Authorization: Bearer hr_… with a key that is neither revoked nor expired, or the cookie of somebody who signed in; keys are made on the page /account.",
            statusCode: StatusCodes.Status401Unauthorized, title: "Not signed in", type: "urn:headroom:not-signed-in").ExecuteAsync(context);
    }

    private static Task TurnAwayAsync(HttpContext context, AuthorizationPolicy policy)
    {
        if (IsPerson(context.Request))
        {
            context.Response.Redirect(Entrance.RefusedPath);
            return Task.CompletedTask;
        }

        var least = policy.Requirements.OfType<RoleRequirement>().Select(requirement => requirement.Least).DefaultIfEmpty().Max();
        return TypedResults.Problem(
            $"expected at least the role {least.ToString().ToLowerInvariant()}, got {context.User.Role()?.ToString().ToLowerInvariant()}; a key does no more than its scope and its owner's role allow.",
            statusCode: StatusCodes.Status403Forbidden, title: "Not allowed", type: "urn:headroom:not-allowed").ExecuteAsync(context);
    }

    private static bool IsPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !Problems.IsApi(request.Path) && request.Headers.Upgrade.Count == 0
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Method} {Path} to {Who} at {Address}")]
        public static partial void Refused(ILogger logger, string who, string method, string path, string? address);
    }
}
