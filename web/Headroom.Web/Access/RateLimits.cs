using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Access;

/// <summary>How much one caller may ask: a fixed window per key, per person, or per network address of whoever shows neither.</summary>
internal static class RateLimits
{
    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>, IOptions<AccessOptions>>((limiter, limits, access) =>
        {
            limiter.OnRejected = (rejected, _) => AnswerAsync(rejected, limits.Value);
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                access.Value.Access == AccessMode.Open ? RateLimitPartition.GetNoLimiter("") : PartitionOf(context, limits.Value));
        });
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context, RateLimitOptions limits)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "?";
        if (Entrance.IsAttempt(context.Request))
        {
            return Window($"entrance {address}", limits.SignInsPerAddress, limits);
        }

        // Receivers have limits of their own; styles and health checks cost nothing.
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return (context.User.FindFirstValue(Claims.KeyId) ?? context.User.FindFirstValue(ClaimTypes.NameIdentifier)) is { } caller
            ? Window(caller, limits.Requests, limits)
            : Window($"address {address}", limits.RequestsPerAddress, limits);
    }

    private static RateLimitPartition<string> Window(string key, int requests, RateLimitOptions limits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = requests, Window = limits.Window, QueueLimit = 0 });

    private static ValueTask AnswerAsync(OnRejectedContext rejected, RateLimitOptions limits)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var rest) ? rest : limits.Window;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        rejected.HttpContext.Response.Headers.RetryAfter = seconds;
        return new ValueTask(TypedResults.Problem(
            $"More requests came within {limits.Window} than Headroom:RateLimit allows; the next window begins in {seconds} s.",
            statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests", type: "urn:headroom:too-many-requests").ExecuteAsync(rejected.HttpContext));
    }
}
